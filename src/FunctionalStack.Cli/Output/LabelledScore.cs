using System.Text.Json.Nodes;
using FunctionalStack.IO;

namespace FunctionalStack.Cli.Output;

/// <summary>How a prediction did on the rows of its file that have the target.</summary>
/// <param name="Labelled">Rows with a target.</param>
/// <param name="Correct">Rows whose class is the one predicted; null for numbers.</param>
/// <param name="Rmse">The root of the mean squared error; null for classes.</param>
internal sealed record LabelledScore(int Labelled, int? Correct = null, double? Rmse = null)
{
    /// <summary>Null where the file has no target, or one without any value, or that is no number where numbers are predicted.</summary>
    public static Outcome<LabelledScore?> Of(Table table, ModelCard card, Prediction prediction, TextOptions options)
    {
        if (!table.Header.Contains(card.Target)) return Outcome.Ok<LabelledScore?>(null);
        return prediction switch
        {
            Prediction.Probabilities classes => table.Words(card.Target, options.Missing)
                .Bind(words => new Schema([new ColumnSchema.Categorical(card.Target, card.Levels)]).Conform(Frame.Of((card.Target, Column.Categorical.Of([.. words])))))
                .Map(frame => Classes(((Column.Categorical)frame.Columns[0].Column).ToArray(), classes.Codes().ToArray())),
            Prediction.Numeric numbers => table.Column(card.Target, null, options).Match(
                column => Outcome.Ok(column is Column.Numeric actual ? Numbers(actual.ToArray(), numbers) : null),
                failure => new Outcome<LabelledScore?>.Ok(
                    null, [new(failure.Where, $"the target is not compared with what is predicted: {failure.What}")])),
            _ => throw new InvalidOperationException(),
        };
    }

    public override string ToString() => Correct is { } correct
        ? $"{correct} of {Labelled} labelled rows are predicted right"
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
            : new(labelled.Count, Rmse: ValueMetrics.Rmse(new(EquatableArray.Own(actual).At(labelled)), new(predicted.Values.At(labelled))));
    }
}
