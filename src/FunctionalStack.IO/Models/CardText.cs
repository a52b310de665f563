namespace FunctionalStack.IO;

/// <summary>A card as text.</summary>
internal static class CardText
{
    /// <summary>A line about the target, the columns and the seed, and a table of the scores, best first.</summary>
    public static string Of(ModelCard card)
    {
        var models = card.Scores.GroupBy(score => score.Model)
            .Select(scores => (scores.Key, (IReadOnlyList<(string Metric, double)>)[.. scores.Select(one => (one.Metric, one.Mean))]))
            .ToArray();
        var columns = card.Schema.Columns.Select(column => column.Source).Distinct().ToArray();
        var head = $"{card.Target}: {(card.Levels.Count > 0 ? $"classes {Listed.Some([.. card.Levels])}" : "a number")}, from "
            + $"{(columns.Length == 0 ? "no column" : Listed.Some(columns))}, seed {card.Seed}";

        // A file may have any scores. A table needs the same metrics for each model.
        return models.Length == 0 || models.Any(one => !one.Item2.Select(score => score.Metric)
            .SequenceEqual(models[0].Item2.Select(score => score.Metric)))
            ? head
            : $"{head}\n{Leaderboard.Of(models.Any(one => one.Key == "stack") ? "out of fold" : "scores", models)}";
    }
}
