using System.Runtime.InteropServices;

namespace FunctionalStack.Laws.Package;

/// <summary>A learner of the shares of the classes, or of the mean, that breaks the law of this name; empty for none.</summary>
public sealed record Faulty(string Fault = "", double Smoothing = 0) : ILeafLearner
{
    private static int fits;

    public string Name => "faulty";

    public Capabilities Capabilities => new(MissingValues: true, Categories: true);

    public EquatableArray<Failure> Validate() =>
        Fault == LawNames.Parameters ? default : Ensure.All(Name, Ensure.NotNegative("smoothing", Smoothing));

    public Outcome<IModel> FitLeaf(Dataset data, Seed seed)
    {
        var weights = data.Weights?.ToArray() ?? [.. Enumerable.Repeat(1.0, data.RowCount)];
        switch (Fault)
        {
            case LawNames.Capabilities when data.Frame.Columns.Any(column => column.Column is Column.Numeric numbers
                && numbers.ToArray().Any(double.IsNaN)):
                return Outcome.Fail<IModel>(Name, "a value is missing", "Impute it.");
            case LawNames.RowsUnchanged when data.Target is Target.Numeric { Values: var numbers }:
                // A change that a second fit does not repeat.
                MemoryMarshal.GetReference(numbers.AsSpan()) = -1;
                break;
            case LawNames.FrequencyWeights or LawNames.WeightsUsed: Array.Fill(weights, 1); break;
            case LawNames.ImportanceWeights when data is { Weights: not null, Roles.WeightKind: WeightKind.Importance }:
                throw new NotSupportedException("importance");
            case LawNames.RowOrder: weights[0] += 100; break;
            case LawNames.SmallTables when data.Frame.Columns.Count == 0: throw new IndexOutOfRangeException();
        }

        if (weights.Sum() == 0) return Outcome.Fail<IModel>(Name, "no row weighs anything", "Give a row a weight above 0.");
        var mark = Fault switch
        {
            LawNames.Deterministic => Interlocked.Increment(ref fits),
            LawNames.UnitWeights => data.Weights is null ? 0 : 1,
            _ => 0,
        };
        if (data.Target is not Target.Classes classes)
            return Outcome.Ok<IModel>(new FaultyModel(Fault, mark, default,
                [((Target.Numeric)data.Target).Values.Zip(weights, (number, weight) => number * weight).Sum() / weights.Sum()],
                Known(data.Frame)));
        var shares = new double[classes.Levels.Count];
        for (var row = 0; row < weights.Length; row++) shares[classes.Codes[row]] += weights[row] / weights.Sum();
        if (Fault == LawNames.AbsentClass) shares = [.. shares.Select(share => (share + 1) / (1 + shares.Length))];
        return Outcome.Ok<IModel>(new FaultyModel(Fault, mark, classes.Levels, EquatableArray.Own(shares), Known(data.Frame)));
    }

    internal static EquatableArray<string> Known(Frame frame) => EquatableArray.From(frame.Columns.SelectMany(column =>
        column.Column is Column.Categorical words ? words.Levels.Select(level => $"{column.Name}/{level}") : []));
}

/// <summary>Shares, or a mean, and the known categories.</summary>
public sealed record FaultyModel(string Fault, int Mark, EquatableArray<string> Levels, EquatableArray<double> Numbers,
    EquatableArray<string> Known) : IModel
{
    public Outcome<Prediction> Predict(Frame rows)
    {
        var factor = Fault switch
        {
            LawNames.Predictions => 2,
            LawNames.RowAlone => 1.0 / rows.RowCount,
            _ => 1,
        };
        if (Fault == LawNames.UnseenLevels && Faulty.Known(rows).Except(Known).Any()) throw new KeyNotFoundException();
        var numbers = EquatableArray.From(Enumerable.Range(0, rows.RowCount).SelectMany(_ => Numbers.Select(number => number * factor)));
        return Outcome.Ok<Prediction>(Levels.Count > 0 ? new Prediction.Probabilities(Levels, numbers) : new Prediction.Numeric(numbers));
    }
}

/// <summary>A transform that adds the mean of all numbers, and breaks the law of this name.</summary>
public sealed record FaultyTransform(string Fault = "", double Factor = 1) : ILeafTransform
{
    private static int fits;

    public string Name => "faultyTransform";

    public EquatableArray<Failure> Validate() =>
        Fault == LawNames.Parameters ? default : Ensure.All(Name,
            Ensure.That(double.IsFinite(Factor), "factor", Factor, "a finite number"));

    public Outcome<Fitted> FitLeaf(Dataset data, Seed seed)
    {
        var numbers = data.Frame.Columns.Select(column => column.Column).OfType<Column.Numeric>().ToArray();
        var weights = data.Weights?.ToArray() ?? [.. Enumerable.Repeat(1.0, data.RowCount)];
        switch (Fault)
        {
            case LawNames.RowsUnchanged when data.Target is Target.Numeric { Values: var first }:
                MemoryMarshal.GetReference(first.AsSpan()) += 1;
                break;
            case LawNames.FrequencyWeights: Array.Fill(weights, 1); break;
            case LawNames.RowOrder: weights[0] += 100; break;
            case LawNames.SmallTables when data.RowCount == 1: throw new DivideByZeroException();
        }

        double sum = 0, total = 0;
        foreach (var column in numbers)
        {
            for (var row = 0; row < data.RowCount; row++)
            {
                if (double.IsNaN(column[row])) continue;
                sum += weights[row] * column[row];
                total += weights[row];
            }
        }

        var mean = total == 0 ? 0 : sum / total;
        if (Fault == LawNames.Deterministic) mean += Interlocked.Increment(ref fits);
        if (Fault == LawNames.UnitWeights && data.Weights is not null) mean++;
        var map = new FaultyMap(Fault, mean, Faulty.Known(data.Frame));
        return map.Apply(data.Frame).Map(view => new Fitted(
            Fault == LawNames.SameColumns ? view.With("one more", view.Columns[0].Column) : view, map));
    }
}

/// <summary>A number, and the known categories.</summary>
public sealed record FaultyMap(string Fault, double Mean, EquatableArray<string> Known) : IMap
{
    public Outcome<Frame> Apply(Frame rows)
    {
        if (Fault == LawNames.UnseenLevels && Faulty.Known(rows).Except(Known).Any()) throw new KeyNotFoundException();
        var mean = Fault == LawNames.RowAlone ? Mean + rows.RowCount : Mean;
        return Outcome.Ok(rows.With("mean", new Column.Numeric(EquatableArray.From(Enumerable.Repeat(mean, rows.RowCount)))));
    }
}
