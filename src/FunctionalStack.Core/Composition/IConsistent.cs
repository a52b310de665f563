namespace FunctionalStack;

/// <summary>
/// A model, or a part of one, whose lists must fit together. Fitting makes nothing else, but a model file may hold anything:
/// what is loaded is asked once, before it predicts.
/// </summary>
public interface IConsistent
{
    /// <summary>What does not fit together, such as "3 weights for 2 bases"; null where all does.</summary>
    string? Inconsistency { get; }
}

/// <summary>Checks for <see cref="IConsistent"/>.</summary>
public static class Consistency
{
    /// <summary>The first of the <paramref name="faults"/> that is one.</summary>
    public static string? First(params IEnumerable<string?> faults) => faults.FirstOrDefault(fault => fault is not null);

    /// <summary>A fault where so many <paramref name="things"/> are not the number needed.</summary>
    public static string? Count(string things, long count, long needed) => count == needed ? null : $"{count} {things}, where {needed} are needed";

    /// <summary>A fault unless <paramref name="codes"/> are ascending codes of <paramref name="levels"/>, at least one of them.</summary>
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
