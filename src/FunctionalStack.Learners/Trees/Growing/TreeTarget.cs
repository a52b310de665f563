using System.Runtime.Intrinsics;

namespace FunctionalStack.Learners;

/// <summary>A target prepared for growing trees: classes or numbers.</summary>
internal abstract class TreeTarget
{
    public abstract int Count { get; }

    /// <summary>The number of outputs of a leaf: one per level, or one.</summary>
    public abstract int Outputs { get; }

    /// <summary>The classes; empty for regression.</summary>
    public abstract EquatableArray<string> Levels { get; }

    public static TreeTarget Of(Target target) => target switch
    {
        Target.Classes classes => new ClassTarget(classes),
        Target.Numeric values => new ValueTarget(values.Values.ToArray()),
        _ => throw new InvalidOperationException(),
    };

    /// <summary>
    /// Grows a tree on <paramref name="rows"/>, ascending, of weights above 0, and returns the leaf of each
    /// <paramref name="outOfBag"/> row. The grower takes ownership of both arrays.
    /// </summary>
    public abstract GrownTree Grow(TreeData data, int[] rows, double[] weights, int[] outOfBag, Seed seed);

    /// <summary>The accuracy or R squared of <paramref name="outputs"/>, rows x outputs, over some rows.</summary>
    public abstract double Score(double[] outputs, int[] rows);
}

/// <summary>Classes, without those that have no row. Codes index the classes present.</summary>
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
        // Rows of a bootstrap sample, or of weight 1, have integer weights.
        var counts = data.Weights is null && weights.Max() <= CountSums.Most && Present.Length <= CountSums.Most;
        return (Present.Length == 2 && data.Rules.Criterion == Criterion.Gini, counts) switch
        {
            (true, true) =>
                MomentCriterion<ulong, CountMoments>.Grow(
                    data, rows, weights, outOfBag, seed, row => Codes[row], new TwoClassLeaves(this)),
            (true, false) =>
                MomentCriterion<Vector128<double>, RealMoments>.Grow(
                    data, rows, weights, outOfBag, seed, row => Codes[row], new TwoClassLeaves(this)),
            (false, true) => ClassCriterion<ClassCount, int, CountSums>.Grow(data, this, rows, weights, outOfBag, seed),
            _ => ClassCriterion<ClassWeight, double, WeightSums>.Grow(data, this, rows, weights, outOfBag, seed),
        };
    }

    public override double Score(double[] outputs, int[] rows)
    {
        var predicted = new Prediction.Probabilities(Levels, EquatableArray.Own(outputs)).Codes();
        return rows.Count(row => predicted[row] == Present[Codes[row]]) / (double)rows.Length;
    }
}

/// <summary>
/// A numeric target, centred and scaled to [-1, 1]: by the middle of its range and a power of two, so that
/// integers stay exact, sums of squares cannot overflow, and a large common offset does not cost precision.
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
        // Half of the range is 0 for the smallest double, and the whole range may overflow a double.
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
        MomentCriterion<Vector128<double>, RealMoments>.Grow(
            data, rows, weights, outOfBag, seed, row => Scaled[row], new ValueLeaves(this));

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
