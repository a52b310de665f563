using System.Collections;
using System.Globalization;

namespace FunctionalStack;

/// <summary>One parameter of a trial.</summary>
/// <param name="Path">The path of the parameter, such as <c>eta</c> or <c>meta.c</c>.</param>
/// <param name="Value">Its value, of the parameter's type.</param>
public sealed record Setting(string Path, object? Value)
{
    /// <summary>The value as text: numbers in invariant form, members of enumerations as in specs, and <c>null</c> for none.</summary>
    public string Text => TextOf(Value);

    /// <inheritdoc/>
    public override string ToString() => $"{Path}={Text}";

    private static string TextOf(object? value) => value switch
    {
        null => "null",
        bool truth => truth ? "true" : "false",
        string text => text,
        Enum member => char.ToLowerInvariant(member.ToString()[0]) + member.ToString()[1..],
        ISpec spec => spec.Name,
        IEnumerable list => $"[{string.Join(", ", list.Cast<object?>().Select(TextOf))}]",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}

/// <summary>One candidate of a search and its score.</summary>
/// <param name="Name">The settings as text, or the name of the candidate.</param>
/// <param name="Point">The settings; empty for a candidate that was given as a learner.</param>
/// <param name="Score">The score of each inner fold, of the last round in which the candidate took part. Without folds if it failed or
/// was skipped.</param>
/// <param name="Rows">The number of training rows of that round, on average over the folds, rounded down.</param>
/// <param name="Round">The number of that round, from 0. Always 0, unless the search is by halving.</param>
public sealed record Trial(string Name, EquatableArray<Setting> Point, Score Score, int Rows, int Round)
{
    /// <summary>Why it has no score; null if it has one.</summary>
    public Failure? Failure { get; init; }

    /// <summary>Whether a time budget skipped it.</summary>
    public bool IsSkipped { get; init; }
}

/// <summary>The path of one search: all trials, and the chosen one. A cross-fitted base has one search for each of its models.</summary>
/// <param name="Name">The location of the search, outermost first: the name of the learner, behind that of its base.</param>
/// <param name="Metric">The metric, for which lower is better.</param>
/// <param name="Trials">The candidates, in order.</param>
/// <param name="Chosen">The index of the chosen trial.</param>
public sealed record SearchResult(string Name, string Metric, EquatableArray<Trial> Trials, int Chosen)
{
    /// <summary>The chosen trial. Its score is optimistically biased, since it was chosen by it.</summary>
    public Trial Best => Trials[Chosen];

    /// <summary>The same with <paramref name="where"/> prepended to its location.</summary>
    internal SearchResult At(string where) => where.Length == 0 ? this : this with { Name = $"{where}: {Name}" };
}
