using System.Text.Json.Nodes;
using FunctionalStack.IO;

namespace FunctionalStack.Cli.Output;

/// <summary>The score of a prediction on the rows of the file that have a target.</summary>
/// <param name="Labelled">The number of rows with a target.</param>
/// <param name="Correct">The number of rows with the correct class; null for numeric targets.</param>
/// <param name="Rmse">The root mean squared error; null for classes.</param>
internal sealed record LabelledScore(int Labelled, int? Correct = null, double? Rmse = null)
{
    /// <summary>Null if the file has no target column, if all its values are missing, or if a numeric target is predicted and the column is
    /// not numeric.</summary>
    public static Outcome<LabelledScore?> Of(Table table, ModelCard card, Prediction prediction, TextOptions options)
    {
        if (!table.Header.Contains(card.Target)) return Outcome.Ok<LabelledScore?>(null);
        return prediction switch
        {
            Prediction.Probabilities classes => table.Words(card.Target, options.Missing)
                .Bind(words =>
                    new Schema([new ColumnSchema.Categorical(card.Target, card.Levels)])
                        .Conform(Frame.Of((card.Target, Column.Categorical.Of([.. words])))))
                .Map(frame => Classes(((Column.Categorical)frame.Columns[0].Column).ToArray(), classes.Codes().ToArray())),
            Prediction.Numeric numbers => table.Column(card.Target, null, options).Match(
                column => Outcome.Ok(column is Column.Numeric actual ? Numbers(actual.ToArray(), numbers) : null),
                failure => new Outcome<LabelledScore?>.Ok(
                    null, [new(failure.Where, $"the predictions are not scored: {failure.What}")])),
            _ => throw new InvalidOperationException(),
        };
    }

    /// <summary>The score of this and another block of rows with a class.</summary>
    public LabelledScore And(LabelledScore other) => new(Labelled + other.Labelled, Correct + other.Correct);

    public override string ToString() => Correct is { } correct
        ? $"{correct} of {Labelled} labelled rows are predicted correctly"
        : $"RMSE {Tables.Fixed(Rmse!.Value)} over {Labelled} labelled rows";

    public void Describe(JsonObject answer)
    {
        answer["labelled"] = Labelled;
        if (Correct is { } correct) answer["correct"] = correct;
        if (Rmse is { } rmse) answer["rmse"] = Json.Number(rmse);
    }

    private static LabelledScore? Classes(int[] actual, int[] predicted) => actual.Count(code => code >= 0) is var labelled and > 0
        ? new(labelled, actual.Zip(predicted).Count(pair => pair.First >= 0 && pair.First == pair.Second))
        : null;

    private static LabelledScore? Numbers(double[] actual, Prediction.Numeric predicted)
    {
        var labelled = EquatableArray.From(Enumerable.Range(0, actual.Length).Where(row => !double.IsNaN(actual[row])));
        return labelled.Count == 0
            ? null
            : new(labelled.Count,
                Rmse: ValueMetrics.Rmse(new(EquatableArray.Own(actual).At(labelled)), new(predicted.Values.At(labelled))));
    }
}
