using System.Globalization;
using System.Text.Json.Nodes;
using Spectre.Console;

namespace FunctionalStack.Cli.Output;

/// <summary>Formats the paths of searches.</summary>
internal static class Searches
{
    // JSON has all.
    private const int MostTrials = 10;

    /// <summary>The chosen trial of one search, as a line of text.</summary>
    public static string Line(SearchResult search) =>
        $"{search.Name}: {search.Best.Name} (inner {Output.Tables.Title(search.Metric)} {Output.Tables.Fixed(search.Best.Score.Mean)}, the "
            + $"best of {Counted(search.Trials.Count)})";

    /// <summary>A title and a table for each name of searches. If all of them tried the same trials: how often each was chosen, and its
    /// mean score, the most often chosen first, then the best. Otherwise, as points drawn at random differ between folds: what was chosen
    /// in each outer fold.</summary>
    /// <param name="searches">The searches of each outer fold.</param>
    public static IEnumerable<(string Title, Table Table)> Tables(EquatableArray<EquatableArray<SearchResult>> searches) =>
        searches.SelectMany((fold, i) => fold.Select(search => (Fold: i + 1, Search: search))).GroupBy(one => one.Search.Name)
            .Select(same =>
                same.Select(one => string.Join('\n', one.Search.Trials.Select(trial => trial.Name).Order())).Distinct().Count() > 1
                ? ByFold(same.Key, [.. same])
                : Of(same.Key, [.. same.Select(one => one.Search)]));

    /// <summary>Adds the searches to the JSON object, if there are any.</summary>
    public static void Describe(JsonObject answer, IEnumerable<JsonNode> searches)
    {
        var all = new JsonArray([.. searches]);
        if (all.Count > 0) answer["search"] = all;
    }

    /// <summary>A search as a JSON object.</summary>
    /// <param name="search">The search.</param>
    /// <param name="fold">The number of the outer fold, from 1; null if there is none.</param>
    public static JsonNode Json(SearchResult search, int? fold)
    {
        var json = new JsonObject { ["name"] = search.Name };
        if (fold is not null) json["fold"] = fold;
        json["metric"] = search.Metric;
        json["chosen"] = search.Chosen;
        json["trials"] = new JsonArray([.. search.Trials.Select(trial => (JsonNode)new JsonObject
        {
            ["name"] = trial.Name,
            ["point"] = new JsonObject(trial.Point.Select(one => KeyValuePair.Create(one.Path, Value(one)))),
            ["mean"] = Output.Json.Number(trial.Score.Mean),
            ["std"] = Output.Json.Number(trial.Score.Std),
            ["folds"] = Output.Json.Numbers(trial.Score.PerFold),
            ["rows"] = trial.Rows,
            ["round"] = trial.Round,
            ["failure"] = trial.Failure?.ToString(),
        })]);
        return json;
    }

    private static (string, Table) ByFold(string name, (int Fold, SearchResult Search)[] searches)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumn(new TableColumn("outer fold").RightAligned()).AddColumn("chosen")
            .AddColumn(new TableColumn($"inner {Output.Tables.Title(searches[0].Search.Metric)}").RightAligned().NoWrap())
            .AddColumn(new TableColumn("trials").RightAligned().NoWrap());
        foreach (var (fold, search) in searches.Take(MostTrials))
        {
            table.AddRow(string.Create(CultureInfo.InvariantCulture, $"{fold}"), Output.Tables.Name(search.Best.Name),
                Output.Tables.Fixed(search.Best.Score.Mean), Output.Tables.Whole(search.Trials.Count));
        }

        return ($"{name}: the trial chosen in each outer fold{More(searches.Length)}", table);
    }

    private static string More(int count) => count > MostTrials ? $" (the first {MostTrials}; --json has all)" : "";

    private static (string, Table) Of(string name, SearchResult[] searches)
    {
        var trials = searches.SelectMany(search => search.Trials.Select((trial, i) => (Trial: trial, IsChosen: i == search.Chosen)))
            .GroupBy(one => one.Trial.Name)
            .Select(same => (Name: same.Key, Chosen: same.Count(one => one.IsChosen), Of: same.Count(),
                Rows: same.Average(one => one.Trial.Rows),
                Mean: same.Select(one => one.Trial.Score.Mean).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average()))
            .OrderByDescending(one => one.Chosen).ThenByDescending(one => one.Rows).ThenBy(one => double.IsNaN(one.Mean) ? 1 : 0)
            .ThenBy(one => one.Mean).ToArray();
        var halved = searches.Any(search => search.Trials.Any(trial => trial.Round > 0));
        var table = new Table().Border(TableBorder.Rounded).AddColumn("trial")
            .AddColumn(new TableColumn($"inner {Output.Tables.Title(searches[0].Metric)}").RightAligned().NoWrap())
            .AddColumn(new TableColumn("chosen").RightAligned().NoWrap());
        if (halved) table.AddColumn(new TableColumn("rows").RightAligned().NoWrap());
        foreach (var trial in trials.Take(MostTrials))
        {
            string[] cells =
            [
                Output.Tables.Name(trial.Name), Output.Tables.Fixed(trial.Mean),
                trial.Chosen == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{trial.Chosen} of {trial.Of}"),
            ];
            table.AddRow(halved ? [.. cells, Output.Tables.Whole(trial.Rows)] : cells);
        }

        return ($"{name}: {Counted(trials.Length)} in {(searches.Length == 1 ? "1 search" : $"{searches.Length} searches")}"
            + More(trials.Length), table);
    }

    private static string Counted(int trials) => trials == 1 ? "1 trial" : string.Create(CultureInfo.InvariantCulture, $"{trials} trials");

    private static JsonNode? Value(Setting setting) => setting.Value switch
    {
        null => null,
        bool truth => truth,
        int number => number,
        long number => number,
        double number => Output.Json.Number(number),
        _ => setting.Text,
    };
}
