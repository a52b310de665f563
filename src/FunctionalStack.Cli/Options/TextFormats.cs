using System.CommandLine;
using FunctionalStack.IO;

namespace FunctionalStack.Cli.Options;

/// <summary>The options for the format of a table's text: the decimal mark, the order of dates, spellings of missing values. There is one
/// instance for tables whose format is detected, and one for tables that are read as in training.</summary>
internal sealed class TextFormats
{
    private static readonly DateOrder[] orders = [DateOrder.DayFirst, DateOrder.MonthFirst];

    private readonly Option<string?> mark;
    private readonly Option<string?> dates;
    private readonly Option<string[]> missing;

    private TextFormats(string markByDefault, string datesByDefault, string alsoMissing)
    {
        mark = Common.Among("--decimal", $"The decimal mark of all columns. By default {markByDefault}.", "point", "comma");
        dates = Common.Among("--dates",
            $"The order of day and month in ambiguous dates such as 01/02/2024. By default {datesByDefault}.",
            [.. orders.Select(order => order.Option())]);
        missing = new("--missing")
        {
            Description = $"Text that marks a missing value, in addition to those of {alsoMissing}. May be repeated.",
            DefaultValueFactory = _ => [],
        };
    }

    /// <summary>The options of evaluate and fit.</summary>
    public static TextFormats Detected { get; } = new("it is detected per column", "it is detected per column", "docs/data.md");

    /// <summary>The options of commands that read a saved model.</summary>
    public static TextFormats AsInTraining { get; } = new("as in training", "as in training", "docs/data.md and of the training");

    public Option[] All => [mark, dates, missing];

    /// <summary>The format given by the options.</summary>
    public IO.TextOptions Of(ParseResult parsed) => new(
        parsed.GetValue(mark) switch { "point" => DecimalMark.Point, "comma" => DecimalMark.Comma, _ => null },
        EquatableArray.Of(parsed.GetValue(missing)!),
        parsed.GetValue(dates) is { } given ? orders.First(order => order.Option() == given) : null);
}
