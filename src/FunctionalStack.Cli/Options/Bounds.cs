using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using FunctionalStack.Cli.Output;
using FunctionalStack.IO;

namespace FunctionalStack.Cli.Options;

/// <summary>The columns of prediction intervals, quantiles and sets.</summary>
internal static class Bounds
{
    public static Option<double?> Intervals { get; } =
        Common.Real("--intervals", 0, 1, "Also write the prediction interval of each row at this level, such as 0.9.");

    public static Option<double?> Sets { get; } =
        Common.Real("--sets", 0, 1, "Also write the prediction set of each row at this level, such as 0.9.");

    public static Option<EquatableArray<double>?> Quantiles { get; } = new("--quantiles")
    {
        Description = "Also write the quantiles of each row at these levels, such as 0.05,0.5,0.95.",
        HelpName = "L,L,...",
        CustomParser = result =>
        {
            var text = result.Tokens[^1].Value;
            var levels = text.Split(',').Select(level =>
                double.TryParse(level, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.NaN).ToArray();
            if (levels.All(level => level is > 0 and < 1) && levels.Zip(levels.Skip(1)).All(pair => pair.First < pair.Second))
                return EquatableArray.Of(levels);
            result.AddError($"--quantiles is '{text}'. Give ascending numbers above 0 and below 1, separated by commas, each once.");
            return null;
        },
    };

    public static Option[] Options => [Intervals, Quantiles, Sets];

    /// <summary>The requested columns: <c>TARGET:lower</c> and <c>TARGET:upper</c>, <c>TARGET:qLEVEL</c> for each
    /// level, or <c>set</c>.</summary>
    public static Outcome<EquatableArray<NamedColumn>> Columns(ParseResult parsed, LoadedModel model, Frame rows) =>
        from intervals in parsed.GetValue(Intervals) is { } level
            ? model.PredictInterval(rows, level).Map(found => PredictionColumns.Of(model.Card.Target, found))
            : Outcome.Ok(default(EquatableArray<NamedColumn>))
        from quantiles in parsed.GetValue(Quantiles) is { } levels
            ? model.PredictQuantiles(rows, levels).Map(found => EquatableArray.From(found.Levels.Select((level, j) =>
                new NamedColumn(Name(model.Card.Target, level), new Column.Numeric(found.Of(j))))))
            : Outcome.Ok(default(EquatableArray<NamedColumn>))
        from sets in parsed.GetValue(Sets) is { } level
            ? model.PredictSet(rows, level).Map(PredictionColumns.Of)
            : Outcome.Ok(default(EquatableArray<NamedColumn>))
        select (EquatableArray<NamedColumn>)[.. intervals, .. quantiles, .. sets];

    /// <summary>Adds <c>quantiles</c>, their levels and columns, if they are requested.</summary>
    public static void Describe(JsonObject answer, ParseResult parsed, string target)
    {
        if (parsed.GetValue(Quantiles) is not { } levels) return;
        answer["quantiles"] = new JsonArray([.. levels.Select(level => new JsonObject
        {
            ["level"] = Json.Number(level),
            ["column"] = Name(target, level),
        })]);
    }

    private static string Name(string target, double level) => FormattableString.Invariant($"{target}:q{level}");

    /// <summary>The same outcome, with a failure at the model and notes at the data, without those that are reported already.</summary>
    public static Outcome<T> Located<T>(this Outcome<T> outcome, string model, string data, EquatableArray<Note> reported) =>
        outcome.At(outcome is Outcome<T>.Fail ? model : data) switch
        {
            Outcome<T>.Ok ok => new Outcome<T>.Ok(ok.Value, EquatableArray.From(ok.Notes.Except(reported))),
            var failed => failed,
        };
}
