using Microsoft.ML;
using Microsoft.ML.Data;

namespace FunctionalStack.MLNet;

/// <summary>Reads labels.</summary>
internal static class Targets
{
    /// <summary>The levels of a label of booleans.</summary>
    public static EquatableArray<string> Booleans { get; } = [bool.FalseString, bool.TrueString];

    /// <summary>The target in a column. Fails if a label is missing, or the type is no label's.</summary>
    public static Outcome<Target> Of(IDataView view, DataViewSchema.Column column) => column.Type switch
    {
        BooleanDataViewType => Outcome.Ok<Target>(new Target.Classes(Booleans,
            EquatableArray.Own(ViewReader.Values<bool, int>(view, column, value => value ? 1 : 0)))),
        KeyDataViewType or TextDataViewType => ViewReader.Read(view, column, DateReading.ToFit)
            .Bind(read => Classes(column.Name, (Column.Categorical)read[0].Column)),
        NumberDataViewType => Numbers(column.Name, ViewReader.Numbers(view, column)),
        _ => Outcome.Fail<Target>($"column '{column.Name}'", $"is of type {column.Type}, which is no label",
            "Give a column of keys, texts, booleans or numbers."),
    };

    /// <summary>The target. Fails if it has no rows.</summary>
    public static Outcome<Target> Some(string where, Target target) =>
        target.Count > 0 ? Outcome.Ok(target) : Outcome.Fail<Target>(where, "has no rows", "Give at least one row.");

    private static Outcome<Target> Classes(string name, Column.Categorical labels) => Missing(name, labels)
        ?? Outcome.Ok<Target>(new Target.Classes(labels.Levels, EquatableArray.Own(labels.ToArray())));

    private static Outcome<Target> Numbers(string name, EquatableArray<double> labels) => Missing(name, new Column.Numeric(labels))
        ?? Outcome.Ok<Target>(new Target.Numeric(labels));

    /// <summary>The failure of a column in which a label is missing; null if none is.</summary>
    public static Outcome<Target>? Missing(string name, Column labels)
    {
        for (var row = 0; row < labels.Count; row++)
        {
            if (labels.IsMissing(row))
                return Outcome.Fail<Target>($"column '{name}', row {row + 1}", "the label is missing", "Fill or leave out such rows.");
        }

        return null;
    }

    /// <summary>The target of a column of labels.</summary>
    public static Outcome<Target> Of(string name, Column labels) => labels is Column.Categorical classes
        ? Classes(name, classes) : Numbers(name, EquatableArray.Own(((Column.Numeric)labels).ToArray()));
}
