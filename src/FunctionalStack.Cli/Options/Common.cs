using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;

namespace FunctionalStack.Cli.Options;

/// <summary>Options shared by several commands. There is one instance of each option, so that every command can read its value.</summary>
internal static class Common
{
    private const int MostThreads = 1024;

    public static Option<string> Data { get; } = new("--data") { Description = "A CSV file with a header, or a Parquet or Arrow file." };

    public static Option<string> Target { get; } = new("--target") { Description = "The column to predict." };

    public static Option<string?> Id { get; } =
        new("--id") { Description = "A column with row ids. It is not a feature, and is written beside the predictions." };

    public static Option<string?> Weights { get; } = new("--weights") { Description = "A column of sample weights, each at least 0." };

    public static Option<string?> WeightsKind { get; } = NeedingWeights(Among(
        "--weights-kind",
        "The meaning of the weights: importance (default), where only ratios matter, or frequency, where a weight of 2 is the same row "
            + "twice. Needs --weights.", "importance", "frequency"));

    private static Option<string?> NeedingWeights(Option<string?> option)
    {
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && result.GetResult(Weights) is null)
                result.AddError($"{option.Name} needs --weights with the weight of each row.");
        });
        return option;
    }

    /// <summary>The meaning of the weights given by the options.</summary>
    public static WeightKind KindOfWeights(ParseResult parsed) =>
        parsed.GetValue(WeightsKind) == "frequency" ? WeightKind.Frequency : WeightKind.Importance;

    public static Option<string?> Groups { get; } =
        new("--groups") { Description = "A column with the group of each row. A group is never split between training and held-out rows." };

    public static Option<string?> FoldColumn { get; } = new("--fold-column") { Description = "A column with the fold of each row." };

    public static Option<string?> Task { get; } =
        Among("--task", "Classification or regression. By default, text and few distinct integers are classes.", "classification",
            "regression");

    public static Option<string?> Ordinal { get; } = new("--ordinal")
    {
        Description = "The classes of the target in order, from low to high: low,medium,high. Metrics of order are reported too.",
        HelpName = "C,C,...",
        Validators = { RefuseRegression },
    };

    private static void RefuseRegression(OptionResult result)
    {
        if (result.Tokens.Count > 0 && result.GetResult(Task) is { Tokens: [{ Value: "regression" }] })
            result.AddError("--ordinal orders classes, but --task is regression. Leave one out.");
    }

    /// <summary>The classes of <see cref="Ordinal"/>; empty without it.</summary>
    public static EquatableArray<string> Order(ParseResult parsed) =>
        parsed.GetValue(Ordinal) is { } order ? EquatableArray.Of(order.Split(',', StringSplitOptions.TrimEntries)) : default;

    public static Option<string[]> Categorical { get; } =
        new("--categorical") { Description = "A numeric column to read as categories. May be repeated.", DefaultValueFactory = _ => [] };

    public static Option<string?> Time { get; } = new("--time")
    {
        Description =
            "A column of numbers or dates with the time of each row. Folds respect the order of time. The column is not a feature.",
    };

    public static Option<double> Gap { get; } = new("--gap")
    {
        Description = "With --time: training rows within this gap before held-out rows are left out. In days for dates, in hours for "
            + "times of day, otherwise in the unit of the time column.",
        CustomParser = result =>
        {
            var text = result.Tokens[^1].Value;
            if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var gap) && gap >= 0 && double.IsFinite(gap))
                return gap;
            result.AddError($"--gap is '{text}'. Give a number of at least 0.");
            return 0;
        },
        Validators = { result => RequireTime(result) },
    };

    private static void RequireTime(OptionResult result)
    {
        if (result.Tokens.Count > 0 && result.GetResult(Time) is null) result.AddError("--gap needs --time with the time of each row.");
    }

    public static Option<bool> Balance { get; } =
        new("--balance") { Description = "Weight rows or images so that all classes have equal weight in the fit." };

    public static Option<string?> Spec { get; } =
        new("--spec") { Description = "A spec file (docs/spec.md) with the model to fit. By default, the default stack for the data." };

    public static Option<long> Seed { get; } = Whole("--seed", long.MinValue, long.MaxValue, 42, "The random seed.");

    public static Option<int> Threads { get; } =
        Whole("--threads", 1, MostThreads, Environment.ProcessorCount, "The number of threads. It does not change the results.");

    public static Option<bool> Json { get; } = new("--json") { Description = "Print exactly one JSON object on standard output." };

    /// <summary>An option with an integer from <paramref name="least"/> to <paramref name="most"/>.</summary>
    public static Option<T> Whole<T>(string name, T least, T most, T fallback, string description) where T : struct, IBinaryInteger<T> =>
        new(name)
        {
            Description = description,
            DefaultValueFactory = _ => fallback,
            CustomParser = result => Parsed(name, least, most, result) ?? fallback,
        };

    /// <summary>An option with an integer from <paramref name="least"/> to <paramref name="most"/>; null if it is not given. For options
    /// without a default that is such an integer.</summary>
    public static Option<T?> Optional<T>(string name, T least, T most, string description) where T : struct, IBinaryInteger<T> =>
        new(name)
        {
            Description = description,
            CustomParser = result => Parsed(name, least, most, result),
        };

    private static T? Parsed<T>(string name, T least, T most, ArgumentResult result) where T : struct, IBinaryInteger<T>
    {
        var text = result.Tokens[^1].Value;
        if (T.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least
            && number <= most)
            return number;
        result.AddError($"{name} is '{text}'. Give a whole number from {least} to {most}.");
        return null;
    }

    /// <summary>An option with a number above <paramref name="least"/> and below <paramref name="most"/>; null if it is not
    /// given.</summary>
    public static Option<double?> Real(string name, double least, double most, string description) => new(name)
    {
        Description = description,
        CustomParser = result =>
        {
            var text = result.Tokens[^1].Value;
            if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number > least && number < most)
                return number;
            result.AddError(
                $"{name} is '{text}'. Give a number above {least}{(double.IsPositiveInfinity(most) ? "" : $" and below {most}")}.");
            return null;
        },
    };

    /// <summary>Adds an error for each of these options that is not given.</summary>
    public static void Require(this CommandResult result, params Option[] options)
    {
        foreach (var option in options.Where(option => result.GetResult(option) is null))
        {
            result.AddError($"Option '{option.Name}' is required.");
        }
    }

    /// <summary>Whether the option is given on the command line, not by its default.</summary>
    public static bool IsGiven(this ParseResult parsed, Option option) => parsed.GetResult(option) is { Implicit: false };

    /// <inheritdoc cref="IsGiven(ParseResult, Option)"/>
    public static bool IsGiven(this SymbolResult result, Option option) => result.GetResult(option) is { Implicit: false };

    /// <summary>An option with one of the given choices.</summary>
    public static Option<string?> Among(string name, string description, params string[] choices)
    {
        var option = new Option<string?>(name) { Description = description, HelpName = string.Join('|', choices) };
        option.CompletionSources.Add(choices);
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && !choices.Contains(result.Tokens[0].Value))
                result.AddError($"{name} is '{result.Tokens[0].Value}'. Give {string.Join(" or ", choices)}.");
        });
        return option;
    }
}
