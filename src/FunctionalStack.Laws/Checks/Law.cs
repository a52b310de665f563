namespace FunctionalStack.Laws;

/// <summary>What a law found in one case.</summary>
/// <param name="Broken">The counterexample; null if there is none.</param>
/// <param name="Nothing">Why there was nothing to check; null if there was something.</param>
internal readonly record struct Finding(string? Broken = null, string? Nothing = null)
{
    public static Finding Held => default;

    public static Finding Against(string what) => new(Broken: what);

    public static Finding Nil(string why) => new(Nothing: why);

    /// <summary>A counterexample unless the condition is true.</summary>
    public static Finding Unless(bool condition, string what) => condition ? Held : Against(what);
}

/// <summary>A law.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Check">What it finds in a case.</param>
/// <param name="Once">Whether it is independent of the case's table.</param>
internal sealed record Law(string Name, Func<Case, Finding> Check, bool Once = false);

/// <summary>A random table, with the seed of its fits.</summary>
/// <param name="Number">The number of the case.</param>
/// <param name="Data">The rows.</param>
/// <param name="Seed">The seed.</param>
internal sealed record Case(int Number, Dataset Data, Seed Seed);

/// <summary>Checks laws case by case.</summary>
internal static class Laws
{
    public static EquatableArray<LawResult> Check(IEnumerable<Law> all, LawOptions options, Func<Seed, Dataset> usual)
    {
        // A misspelt name would check nothing, and a test of it would pass.
        Law[] laws = [.. all];
        if (options.Only.FirstOrDefault(name => !laws.Any(law => law.Name == name)) is { } unknown)
            throw new ArgumentException($"there is no law '{unknown}' here: give names of LawNames in Only", nameof(options));
        var cases = Enumerable.Range(options.First, Math.Max(1, options.Cases)).Select(number =>
        {
            var seed = options.Seed.Fork(number);
            return new Case(number, (options.Data ?? usual)(seed), seed);
        }).ToArray();
        return EquatableArray.From(laws
            .Where(law => (options.Only.Count == 0 || options.Only.Contains(law.Name)) && !options.Except.Contains(law.Name))
            .Select(law => Result(law, law.Once ? cases[..1] : cases)));
    }

    private static LawResult Result(Law law, Case[] cases)
    {
        var (checkedCases, nothing) = (0, "there are no cases");
        foreach (var one in cases)
        {
            Finding found;
            try
            {
                found = law.Check(one);
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                // What depends on data is an outcome; whatever is thrown breaks the law.
                found = Finding.Against($"throws {exception.GetType().Name}: {exception.Message}");
            }

            if (found.Broken is { } what)
                return new(law.Name, LawVerdict.Broken, law.Once ? what : $"{what} ({Tables.Text(one.Data)})", one.Number);
            if (found.Nothing is { } why) nothing = why;
            else checkedCases++;
        }

        return checkedCases == 0 ? new(law.Name, LawVerdict.NotApplicable, nothing)
            : new(law.Name, LawVerdict.Held, $"{checkedCases} {(checkedCases == 1 ? "case" : "cases")}");
    }
}
