using System.CommandLine;

namespace FunctionalStack.Cli.Commands;

/// <summary>Options that several commands share. One instance each, so that any command can read what it was given.</summary>
internal static class Common
{
    public static Option<string> Data { get; } = new("--data") { Description = "A CSV file with a header.", Required = true };

    public static Option<string> Target { get; } = new("--target") { Description = "The column to predict.", Required = true };

    public static Option<string?> Id { get; } = new("--id") { Description = "A column that names rows: never a feature, written beside predictions." };

    public static Option<string?> Weights { get; } = new("--weights") { Description = "A column of sample weights of at least 0." };

    public static Option<string?> Groups { get; } = new("--groups") { Description = "A column that says which rows belong together; they never lie on both sides of a fold." };

    public static Option<string?> FoldColumn { get; } = new("--fold-column") { Description = "A column that says which fold each row is in." };

    public static Option<string?> Task { get; } = Among("--task", "Read the target as classes or as values.", "classification", "regression");

    public static Option<string[]> Categorical { get; } = new("--categorical") { Description = "A column to read as categories though it holds numbers; may be repeated.", DefaultValueFactory = _ => [] };

    public static Option<string?> Spec { get; } = new("--spec") { Description = "A spec file (docs/spec.md) of what to fit; without it, the default stack for the data." };

    public static Option<long> Seed { get; } = new("--seed") { Description = "Where all randomness comes from.", DefaultValueFactory = _ => 42 };

    public static Option<int> Threads { get; } = AtLeast("--threads", 1, Environment.ProcessorCount, "The thread budget; changes no bit of the result.");

    public static Option<bool> Json { get; } = new("--json") { Description = "Print exactly one JSON object on standard output." };

    public static Option<int> AtLeast(string name, int least, int usual, string description)
    {
        var option = new Option<int>(name) { Description = description, DefaultValueFactory = _ => usual };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, out var given) && given < least)
            {
                result.AddError($"{name} is {given}; give at least {least}.");
            }
        });
        return option;
    }

    private static Option<string?> Among(string name, string description, params string[] words)
    {
        var option = new Option<string?>(name) { Description = description };
        option.AcceptOnlyFromAmong(words);
        return option;
    }
}
