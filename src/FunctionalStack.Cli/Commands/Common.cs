using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;

namespace FunctionalStack.Cli.Commands;

/// <summary>Options that several commands share. One instance each, so that any command can read what it was given.</summary>
internal static class Common
{
    private const int MostThreads = 1024;

    // Before the options that are made of them.
    private static readonly DateOrder[] orders = [DateOrder.DayFirst, DateOrder.MonthFirst];

    public static Option<string> Data { get; } = new("--data") { Description = "A CSV file with a header." };

    public static Option<string> Target { get; } = new("--target") { Description = "The column to predict." };

    public static Option<string?> Id { get; } = new("--id") { Description = "A column that names rows: never a feature, written beside predictions." };

    public static Option<string?> Weights { get; } = new("--weights") { Description = "A column of sample weights of at least 0." };

    public static Option<string?> WeightsKind { get; } = Among(
        "--weights-kind", "What the weights mean: importance (as without it), where only ratios count, or frequency, where 2 is the row twice.", "importance", "frequency");

    public static Option<string?> Groups { get; } = new("--groups") { Description = "A column that says which rows belong together; they never lie on both sides of a fold." };

    public static Option<string?> FoldColumn { get; } = new("--fold-column") { Description = "A column that says which fold each row is in." };

    public static Option<string?> Task { get; } = Among("--task", "Read the target as classes or as values; without it, words and few different whole numbers are classes.", "classification", "regression");

    public static Option<string[]> Categorical { get; } = new("--categorical") { Description = "A column to read as categories though it holds numbers; may be repeated.", DefaultValueFactory = _ => [] };

    public static Option<string?> Time { get; } = new("--time")
    {
        Description = "A column of numbers or dates that says when each row was; folds keep that order, and it is no feature.",
    };

    public static Option<string?> Decimal { get; } = Among(
        "--decimal", "The decimal mark of every column; without it, each column tells.", "point", "comma");

    public static Option<string?> Dates { get; } = Among(
        "--dates", "Which comes first in dates that don't tell, as in 01/02/2024.", [.. orders.Select(order => order.Option())]);

    public static Option<string[]> Missing { get; } = new("--missing")
    {
        Description = "A text that stands for a missing value, besides those of docs/data.md; may be repeated.",
        DefaultValueFactory = _ => [],
    };

    /// <summary>What the options say of how numbers, dates and missing values are written.</summary>
    public static IO.TextOptions Text(ParseResult parsed) => new(
        parsed.GetValue(Decimal) switch { "point" => DecimalMark.Point, "comma" => DecimalMark.Comma, _ => null },
        EquatableArray.Of(parsed.GetValue(Missing)!),
        parsed.GetValue(Dates) is { } dates ? orders.First(order => order.Option() == dates) : null);

    public static Option<string?> Spec { get; } = new("--spec") { Description = "A spec file (docs/spec.md) of what to fit; without it, the default stack for the data." };

    public static Option<long> Seed { get; } = Whole("--seed", long.MinValue, long.MaxValue, 42, "Where all randomness comes from.");

    public static Option<int> Threads { get; } = Whole("--threads", 1, MostThreads, Environment.ProcessorCount, "The thread budget; changes no bit of the result.");

    public static Option<bool> Json { get; } = new("--json") { Description = "Print exactly one JSON object on standard output." };

    public static Option<T> Whole<T>(string name, T least, T most, T usual, string description) where T : struct, IBinaryInteger<T> => new(name)
    {
        Description = description,
        DefaultValueFactory = _ => usual,
        CustomParser = result =>
        {
            var text = result.Tokens[^1].Value;
            if (T.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most) return number;
            result.AddError($"{name} is '{text}'. Give a whole number from {least} to {most}.");
            return usual;
        },
    };

    /// <summary>A number above <paramref name="least"/> and below <paramref name="most"/>; null where it is not given.</summary>
    public static Option<double?> Real(string name, double least, double most, string description) => new(name)
    {
        Description = description,
        CustomParser = result =>
        {
            var text = result.Tokens[^1].Value;
            if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number > least && number < most) return number;
            result.AddError($"{name} is '{text}'. Give a number above {least}{(double.IsPositiveInfinity(most) ? "" : $" and below {most}")}.");
            return null;
        },
    };

    /// <summary>Refuses a command line without these options.</summary>
    public static void Require(this CommandResult result, params Option[] options)
    {
        foreach (var option in options.Where(option => result.GetResult(option) is null))
        {
            result.AddError($"Option '{option.Name}' is required.");
        }
    }

    /// <summary>Whether the option was written on the command line, rather than left to its default.</summary>
    public static bool IsGiven(this ParseResult parsed, Option option) => parsed.GetResult(option) is { Implicit: false };

    /// <inheritdoc cref="IsGiven(ParseResult, Option)"/>
    public static bool IsGiven(this SymbolResult result, Option option) => result.GetResult(option) is { Implicit: false };

    public static Option<string?> Among(string name, string description, params string[] words)
    {
        var option = new Option<string?>(name) { Description = description, HelpName = string.Join('|', words) };
        option.CompletionSources.Add(words);
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && !words.Contains(result.Tokens[0].Value)) result.AddError($"{name} is '{result.Tokens[0].Value}'. Give {string.Join(" or ", words)}.");
        });
        return option;
    }
}
