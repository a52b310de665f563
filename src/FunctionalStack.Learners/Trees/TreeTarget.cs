using System.Runtime.Intrinsics;

namespace FunctionalStack.Learners;

/// <summary>What trees predict, prepared for growing: classes or values.</summary>
internal abstract class TreeTarget
{
    public abstract int Count { get; }

    /// <summary>Numbers that a leaf tells: one a level, or one.</summary>
    public abstract int Outputs { get; }

    /// <summary>The classes; empty where values are predicted.</summary>
    public abstract EquatableArray<string> Levels { get; }

    public static TreeTarget Of(Target target) => target switch
    {
        Target.Classes classes => new ClassTarget(classes),
        Target.Numeric values => new ValueTarget(values.Values.ToArray()),
        _ => throw new InvalidOperationException(),
    };

    /// <summary>
    /// A tree on <paramref name="rows"/>, ascending, of weights above 0, that tells the leaf of each row
    /// <paramref name="outOfBag"/>. Both arrays of rows are given up to the grower.
    /// </summary>
    public abstract GrownTree Grow(TreeData data, int[] rows, double[] weights, int[] outOfBag, Seed seed);

    /// <summary>Accuracy or R squared of <paramref name="outputs"/>, rows x outputs, over some rows.</summary>
    public abstract double Score(double[] outputs, int[] rows);
}

/// <summary>Classes, with those that no row has left out: codes count the classes present.</summary>
internal sealed class ClassTarget : TreeTarget
{
    public ClassTarget(Target.Classes classes)
    {
        Levels = classes.Levels;
        Present = classes.Present().ToArray();
        Codes = [.. classes.Codes.Select(level => Array.BinarySearch(Present, level))];
    }

    public override EquatableArray<string> Levels { get; }

    /// <summary>The level of each class present.</summary>
    public int[] Present { get; }

    public int[] Codes { get; }

    public override int Count => Codes.Length;

    public override int Outputs => Levels.Count;

    public override GrownTree Grow(TreeData data, int[] rows, double[] weights, int[] outOfBag, Seed seed)
    {
        // Rows that are drawn, or taken once each, count whole times.
        var counts = data.Weights is null && weights.Max() <= CountSums.Most && Present.Length <= CountSums.Most;
        return (Present.Length == 2 && data.Rules.Criterion == Criterion.Gini, counts) switch
        {
            (true, true) => new MomentGrower<ulong, CountMoments>(data, rows, weights, outOfBag, seed, row => Codes[row], new TwoClassLeaves(this)).Grow(),
            (true, false) => new MomentGrower<Vector128<double>, RealMoments>(data, rows, weights, outOfBag, seed, row => Codes[row], new TwoClassLeaves(this)).Grow(),
            (false, true) => new ClassGrower<ClassCount, int, CountSums>(data, this, rows, weights, outOfBag, seed).Grow(),
            _ => new ClassGrower<ClassWeight, double, WeightSums>(data, this, rows, weights, outOfBag, seed).Grow(),
        };
    }

    public override double Score(double[] outputs, int[] rows)
    {
        var predicted = new Prediction.Probabilities(Levels, EquatableArray.Own(outputs)).Codes();
        return rows.Count(row => predicted[row] == Present[Codes[row]]) / (double)rows.Length;
    }
}

/// <summary>
/// Values, moved and scaled so that they lie in [-1, 1]: by the middle of their range and a power of two, so that whole
/// numbers stay exact, sums of squares can't overflow, and a large common offset doesn't drown differences.
/// </summary>
internal sealed class ValueTarget : TreeTarget
{
    private readonly double middle;
    private readonly int exponent;

    public ValueTarget(double[] numbers)
    {
        Numbers = numbers;
        var (low, high) = (numbers.Min(), numbers.Max());
        middle = low / 2 + high / 2;
        // Half of the range is 0 where it is the least number there is, and the whole may be more than a double holds.
        exponent = high == low ? 0 : double.IsFinite(high - low) ? Math.ILogB(high - low) : Math.ILogB(high / 2 - low / 2) + 1;
        Scaled = Array.ConvertAll(numbers, number => Math.ScaleB(number - middle, -exponent));
    }

    public double[] Numbers { get; }

    public double[] Scaled { get; }

    public override int Count => Numbers.Length;

    public override int Outputs => 1;

    public override EquatableArray<string> Levels => default;

    public double Unscale(double scaled) => Math.ScaleB(scaled, exponent) + middle;

    public override GrownTree Grow(TreeData data, int[] rows, double[] weights, int[] outOfBag, Seed seed) =>
        new MomentGrower<Vector128<double>, RealMoments>(data, rows, weights, outOfBag, seed, row => Scaled[row], new ValueLeaves(this)).Grow();

    public override double Score(double[] outputs, int[] rows)
    {
        var mean = rows.Average(row => Scaled[row]);
        var (left, all) = (0.0, 0.0);
        foreach (var row in rows)
        {
            left += Square(Math.ScaleB(outputs[row], -exponent) - Math.ScaleB(Numbers[row], -exponent));
            all += Square(Scaled[row] - mean);
        }

        return all > 0 ? 1 - left / all : left == 0 ? 1 : 0;

        static double Square(double x) => x * x;
    }
}
