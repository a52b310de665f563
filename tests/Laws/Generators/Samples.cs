using System.Globalization;
using System.Text;

namespace FunctionalStack.Laws;

/// <summary>A dataset that a property is checked on, printed in full when the property fails.</summary>
public abstract record Sample(Dataset Data)
{
    public sealed override string ToString() => Show.Of(Data);
}

/// <summary>Classes or values; weights, groups and folds or none; missing values; at least 4 rows.</summary>
public sealed record AnyData(Dataset Data) : Sample(Data);

/// <summary>Classes, some rare and some levels without a row.</summary>
public sealed record ClassData(Dataset Data) : Sample(Data)
{
    public Target.Classes Classes => (Target.Classes)Data.Target;
}

/// <summary>Values.</summary>
public sealed record ValueData(Dataset Data) : Sample(Data);

/// <summary>A plan, and data that it can split.</summary>
public abstract record Planned(Dataset Data, FoldPlan Plan)
{
    public EquatableArray<Fold> Folds => Plan.Split(Data.Roles).OrThrow();

    public sealed override string ToString() => $"{Plan}\n{Show.Of(Data)}";
}

/// <summary>Any plan that fits the data.</summary>
public sealed record AnyPlan(Dataset Data, FoldPlan Plan) : Planned(Data, Plan);

/// <summary>A plan that holds out each row exactly once.</summary>
public sealed record PartitionPlan(Dataset Data, FoldPlan Plan) : Planned(Data, Plan);

/// <summary>A plan that splits without looking at the target: changing a label moves no row to another fold.</summary>
public sealed record BlindPlan(Dataset Data, FoldPlan Plan) : Planned(Data, Plan);

/// <summary>A random composition of learners and transforms, and data for it. Fitting may fail: the laws hold for failures too.</summary>
public sealed record AnyLearner(Dataset Data, ILearner Learner)
{
    public override string ToString() => $"{Learner}\n{Show.Of(Data)}";
}

/// <summary>A random transform, and data for it.</summary>
public sealed record AnyTransform(Dataset Data, ITransform Transform)
{
    public override string ToString() => $"{Transform}\n{Show.Of(Data)}";
}

/// <summary>Data in a few lines.</summary>
public static class Show
{
    public static string Of(Dataset data)
    {
        var text = new StringBuilder(Of(data.Frame));
        text.AppendLine(data.Target switch
        {
            Target.Classes classes =>
                $"  target [{string.Join(" ", classes.Levels)}]: {string.Join(" ", classes.Codes.Select(code => classes.Levels[code]))}",
            Target.Numeric values => $"  target: {Numbers(values.Values)}",
            _ => throw new InvalidOperationException(),
        });
        if (data.Weights is { } weights) text.AppendLine($"  weights: {Numbers(weights)}");
        if (data.Roles.Groups is { } groups) text.AppendLine($"  groups: {string.Join(" ", groups)}");
        if (data.Roles.Folds is { } folds) text.AppendLine($"  folds: {string.Join(" ", folds)}");
        return text.ToString();
    }

    public static string Of(Frame frame) =>
        frame.Columns.Aggregate(new StringBuilder().AppendLine($"{frame.RowCount} rows"),
            (text, column) => text.AppendLine(column.Column switch
            {
                Column.Numeric numeric => $"  {column.Name}: {Numbers(numeric.ToArray())}",
                Column.Categorical categories =>
                    $"  {column.Name}: "
                        + $"{string.Join(" ", Enumerable.Range(0, categories.Count).Select(row => categories.LevelOf(row) ?? "?"))}",
                _ => throw new InvalidOperationException(),
            })).ToString();

    private static string Numbers(IEnumerable<double> numbers) =>
        string.Join(" ", numbers.Select(x => x.ToString("R", CultureInfo.InvariantCulture)));
}
