using System.CommandLine;
using FunctionalStack.Cli.Output;
using FunctionalStack.IO;

namespace FunctionalStack.Cli.Options;

/// <summary>The columns of prediction intervals and sets.</summary>
internal static class Bounds
{
    public static Option<double?> Intervals { get; } =
        Common.Real("--intervals", 0, 1, "Also write the prediction interval of each row at this level, such as 0.9.");

    public static Option<double?> Sets { get; } =
        Common.Real("--sets", 0, 1, "Also write the prediction set of each row at this level, such as 0.9.");

    public static Option[] Options => [Intervals, Sets];

    /// <summary>The requested columns: <c>TARGET:lower</c> and <c>TARGET:upper</c>, or <c>set</c>.</summary>
    public static Outcome<EquatableArray<NamedColumn>> Columns(ParseResult parsed, LoadedModel model, Frame rows) =>
        from intervals in parsed.GetValue(Intervals) is { } level
            ? model.PredictInterval(rows, level).Map(found => EquatableArray.Of(
                new NamedColumn($"{model.Card.Target}:lower", new Column.Numeric(found.Lower)),
                new NamedColumn($"{model.Card.Target}:upper", new Column.Numeric(found.Upper))))
            : Outcome.Ok(default(EquatableArray<NamedColumn>))
        from sets in parsed.GetValue(Sets) is { } level
            ? model.PredictSet(rows, level).Map(found => EquatableArray.Of(new NamedColumn("set", PredictionFrame.Strings(
                EquatableArray.From(Enumerable.Range(0, found.Count).Select(row => Joined(found.Of(row))))))))
            : Outcome.Ok(default(EquatableArray<NamedColumn>))
        select (EquatableArray<NamedColumn>)[.. intervals, .. sets];

    /// <summary>The levels separated by <c>|</c>. A <c>|</c> or a backslash inside a level follows a backslash, so that the levels can be
    /// read back.</summary>
    internal static string Joined(EquatableArray<string> levels) =>
        string.Join('|', levels.Select(level => level.Replace(@"\", @"\\").Replace("|", @"\|")));

    /// <summary>The same outcome, with a failure at the model and notes at the data, without those that are reported already.</summary>
    public static Outcome<T> Located<T>(this Outcome<T> outcome, string model, string data, EquatableArray<Note> reported) =>
        outcome.At(outcome is Outcome<T>.Fail ? model : data) switch
        {
            Outcome<T>.Ok ok => new Outcome<T>.Ok(ok.Value, EquatableArray.From(ok.Notes.Except(reported))),
            var failed => failed,
        };
}
