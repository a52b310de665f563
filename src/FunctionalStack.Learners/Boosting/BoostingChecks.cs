namespace FunctionalStack.Learners;

/// <summary>Whether the parameters of <see cref="GradientBoosting"/> are in range and name columns of the data.</summary>
internal static class BoostingChecks
{
    /// <summary>The sign of each column's constraint.</summary>
    public static Outcome<int[]> Of(GradientBoosting spec, Dataset data)
    {
        var wrong =
            spec.Rounds < 1 ? No("Rounds", spec.Rounds, "at least 1")
            : !(spec.Eta > 0 && spec.Eta <= 1) ? No("Eta", spec.Eta, "a number above 0 and at most 1")
            : spec.MaxDepth < 1 ? No("MaxDepth", spec.MaxDepth, "a depth of at least 1, or none for no limit")
            : spec.MaxLeaves < 2 ? No("MaxLeaves", spec.MaxLeaves, "at least 2 leaves, or none to grow depth by depth")
            : !(spec.Lambda >= 0 && double.IsFinite(spec.Lambda)) ? No("Lambda", spec.Lambda, "a number of at least 0")
            : !(spec.Alpha >= 0 && double.IsFinite(spec.Alpha)) ? No("Alpha", spec.Alpha, "a number of at least 0")
            : !(spec.Gamma >= 0 && double.IsFinite(spec.Gamma)) ? No("Gamma", spec.Gamma, "a number of at least 0")
            : !(spec.MinChildWeight >= 0) ? No("MinChildWeight", spec.MinChildWeight, "a number of at least 0")
            : !(spec.Subsample > 0 && spec.Subsample <= 1) ? No("Subsample", spec.Subsample, "a share above 0 and at most 1")
            : !(spec.ColumnsByTree > 0 && spec.ColumnsByTree <= 1) ? No("ColumnsByTree", spec.ColumnsByTree, "a share above 0 and at most 1")
            : !(spec.ColumnsByLevel > 0 && spec.ColumnsByLevel <= 1) ? No("ColumnsByLevel", spec.ColumnsByLevel, "a share above 0 and at most 1")
            : spec.Bins is < 2 or > 255 ? No("Bins", spec.Bins, "2 to 255")
            : !(spec.CategorySmoothing >= 0 && double.IsFinite(spec.CategorySmoothing)) ? No("CategorySmoothing", spec.CategorySmoothing, "a number of at least 0")
            : !Enum.IsDefined(spec.Objective) ? No("Objective", (int)spec.Objective, "one of " + string.Join(", ", Enum.GetNames<BoostingObjective>()))
            : !(spec.Quantile > 0 && spec.Quantile < 1) ? No("Quantile", spec.Quantile, "a number above 0 and below 1")
            : spec.Patience < 0 ? No("Patience", spec.Patience, "at least 0")
            : spec.Patience > 0 && !(spec.ValidationShare > 0 && spec.ValidationShare < 1) ? No("ValidationShare", spec.ValidationShare, "a share above 0 and below 1")
            : null;
        return wrong is null ? Signs(spec, data) : new Outcome<int[]>.Fail(wrong);

        Failure No(string what, object? found, string mend) => new(spec.Name, FormattableString.Invariant($"{what} is {found}"), $"Give {mend}.");
    }

    private static Outcome<int[]> Signs(GradientBoosting spec, Dataset data)
    {
        var signs = new int[data.Frame.Columns.Count];
        var names = data.Frame.Names.ToArray();
        foreach (var (list, what, sign) in new[] { (spec.Increasing, "Increasing", 1), (spec.Decreasing, "Decreasing", -1) })
        {
            foreach (var name in list)
            {
                var at = Array.IndexOf(names, name);
                if (at < 0) return Outcome.Fail<int[]>(spec.Name, $"{what} names '{name}', which is not a column", "Name columns of the data.");
                if (data.Frame.Columns[at].Column is not Column.Numeric) return Outcome.Fail<int[]>(spec.Name, $"{what} names '{name}', which holds categories", "Name numeric columns.");
                if (signs[at] == -sign) return Outcome.Fail<int[]>(spec.Name, $"'{name}' is both Increasing and Decreasing", "Name it once.");
                signs[at] = sign;
            }
        }

        return Outcome.Ok(signs);

    }
}
