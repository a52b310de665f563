using System.Globalization;
using System.Text.Json.Nodes;
using FunctionalStack.IO;
using Spectre.Console;

namespace FunctionalStack.Cli.Output;

/// <summary>The scores of each outer fold with its range of times, for folds in time order.</summary>
internal static class Periods
{
    /// <summary>A table with one row per fold: its times, its rows and the leading score of the evaluated learner, after that of its best
    /// base. Null for rows without times.</summary>
    public static Spectre.Console.Table? Table(Evaluation found, Dataset data, ColumnReading? time)
    {
        var periods = found.Periods(data.Roles);
        if (periods.Count == 0) return null;
        var metric = Metric.Leading(data.Target);
        var best = found.WithBestBase(data.Target)?.Other;
        ScoredModel[] shown = [.. found.Models.Where(one => one.Role == "base" && one.Name == best), found.Final];
        var table = new Spectre.Console.Table().Border(TableBorder.Rounded).AddColumn("period")
            .AddColumn(new TableColumn("rows").RightAligned().NoWrap());
        foreach (var one in shown)
            table.AddColumn(new TableColumn($"{Tables.Title(metric.Name)} of {Tables.Name(one.Name)}").RightAligned());
        for (var fold = 0; fold < periods.Count; fold++)
        {
            table.AddRow([Markup.Escape($"{Text(periods[fold].From, time)} to {Text(periods[fold].To, time)}"),
                Tables.Whole(periods[fold].Rows),
                .. shown.Select(one => Tables.Fixed(one[metric.Name].PerFold[fold]))]);
        }

        return table;
    }

    /// <summary>One object per fold; null for rows without times.</summary>
    public static JsonArray? Json(Evaluation found, Dataset data, ColumnReading? time)
    {
        var periods = found.Periods(data.Roles);
        if (periods.Count == 0) return null;
        var metric = Metric.Leading(data.Target);
        return new([.. periods.Select((period, fold) => (JsonNode)new JsonObject
        {
            ["fold"] = fold + 1,
            ["from"] = Value(period.From, time),
            ["to"] = Value(period.To, time),
            ["rows"] = period.Rows,
            [metric.Name] = new JsonObject(found.Models.Select(one =>
                KeyValuePair.Create(one.Name, Output.Json.Number(one[metric.Name].PerFold[fold])))),
        })]);
    }

    private static JsonNode? Value(double time, ColumnReading? reading) =>
        reading is { Kind: ReadAs.Dates } ? Text(time, reading) : Output.Json.Number(time);

    /// <summary>The text of a time. Dates are seconds since 1970, times of day seconds since midnight.</summary>
    public static string Text(double time, ColumnReading? reading)
    {
        if (reading is not { Kind: ReadAs.Dates }) return time.ToString("R", CultureInfo.InvariantCulture);
        var moment = DateTime.UnixEpoch.AddSeconds(Math.Floor(time));
        return moment.ToString(reading.Order == DateOrder.TimeOnly ? "HH:mm:ss"
            : moment.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
    }
}
