namespace FunctionalStack;

/// <summary>
/// A model, or a part of one, whose lists must match each other. Fitting always returns matching lists, but a model file may
/// hold anything. A loaded model is checked once, before it predicts.
/// </summary>
public interface IConsistent
{
    /// <summary>The first mismatch, such as "3 weights for 2 bases"; null if there is none.</summary>
    string? Inconsistency { get; }
}

/// <summary>Checks for <see cref="IConsistent"/>.</summary>
public static class Consistency
{
    /// <summary>The first of the <paramref name="faults"/> that is not null.</summary>
    public static string? First(params IEnumerable<string?> faults) => faults.FirstOrDefault(fault => fault is not null);

    /// <summary>A fault if the number of <paramref name="things"/> is not the number needed.</summary>
    public static string? Count(string things, long count, long needed) =>
        count == needed ? null : $"{count} {things}, where {needed} are needed";

    /// <summary>A fault unless <paramref name="codes"/> holds at least one code, and only ascending codes of
    /// <paramref name="levels"/>.</summary>
    public static string? Present(EquatableArray<int> codes, EquatableArray<string> levels)
    {
        for (var i = 0; i < codes.Count; i++)
        {
            if (codes[i] < 0 || codes[i] >= levels.Count) return $"class {codes[i]} of {levels.Count}";
            if (i > 0 && codes[i] <= codes[i - 1]) return "classes that are not in order";
        }

        return codes.Count > 0 || levels.Count == 0 ? null : "no class present";
    }
}
