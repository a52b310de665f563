namespace FunctionalStack.Auditing;

/// <summary>Columns that look like groups, and that shuffled folds cut through to their advantage.</summary>
internal static class HiddenGroups
{
    private const int LeastLevels = 20;

    // Rows per value. Fewer are names of rows, more are ordinary categories.
    private const double LeastRows = 2;
    private const double MostRows = 50;

    // Of the loss with shuffled folds. Besides, every fold of whole groups must be worse than every shuffled one, since a log-loss of
    // few groups varies too much for a standard error.
    private const double LeastGain = 0.15;

    public static AuditCheck Of(AuditRun run, Dataset data)
    {
        var candidates = data.Frame.Columns.Where(column => column.Source == column.Name)
            .Select(column => (column.Name, Groups: Groups(column.Column))).Where(one => one.Groups is not null).ToArray();
        if (data.Roles.Groups is not null)
            return AuditCheck.None(FindingKind.GroupLeak, "the groups are given, and no fold divides them");
        if (candidates.Length == 0) return AuditCheck.None(FindingKind.GroupLeak, "no column looks like groups of rows");
        var drawn = run.Drawn(data.RowCount, DataAudit.MostRows, "groups");
        var sample = data.Take(drawn);
        return (from shuffled in run.CrossValidated(AuditRun.Forest, sample, "shuffled").WithoutNotes()
                from all in Outcome.All(candidates.Select(one => Compared(run, sample, shuffled, one.Name, one.Groups!.Value.At(drawn))))
                select all).Match(
            compared => new AuditCheck(FindingKind.GroupLeak,
                string.Join("; ", compared.Select(one => one.Measured)),
                EquatableArray.From(compared.SelectMany(one => one.Findings))),
            failure => AuditCheck.None(FindingKind.GroupLeak, $"{failure}"));
    }

    private static Outcome<(string Measured, EquatableArray<Finding> Findings)> Compared(AuditRun run, Dataset data, ScoredModel shuffled,
        string column, EquatableArray<int> groups) =>
        from whole in run.CrossValidated(AuditRun.Forest, data.WithGroups(groups), $"groups {column}").WithoutNotes()
        let metric = Metric.Leading(data.Target).Name
        let difference = whole[metric].Mean - shuffled[metric].Mean
        let measured = $"'{column}': {Metric.TitleOf(metric)} {AuditRun.Text(shuffled[metric].Mean)} with shuffled folds, "
            + $"{AuditRun.Text(whole[metric].Mean)} with its values kept whole"
        select (measured, whole[metric].PerFold.Min() > shuffled[metric].PerFold.Max() && difference > LeastGain * shuffled[metric].Mean
            ? EquatableArray.Of(new Finding(FindingKind.GroupLeak, Severity.High, [column],
                $"rows with the same value of '{column}' tell about each other ({measured}).",
                $"If new rows will have new values of '{column}', declare it as groups and leave it out of the features."))
            : default);

    // Null for a column that is no candidate.
    private static EquatableArray<int>? Groups(Column column)
    {
        var codes = column switch
        {
            Column.Categorical categories when !Texts.Are(categories) => categories.ToArray(),
            Column.Numeric numbers when numbers.ToArray() is var values && Array.TrueForAll(values, double.IsInteger) => Numbered(values),
            _ => null,
        };
        if (codes is null) return null;
        var levels = codes.Where(code => code >= 0).Distinct().Count();
        var rows = (double)codes.Count(code => code >= 0) / Math.Max(levels, 1);
        if (levels < LeastLevels || rows is < LeastRows or > MostRows) return null;
        // Rows without a value belong to no other row.
        var next = codes.Max() + 1;
        return EquatableArray.From(codes.Select(code => code >= 0 ? code : next++));
    }

    private static int[] Numbered(double[] values)
    {
        var known = values.Distinct().Order().Select((value, code) => (value, code)).ToDictionary(one => one.value, one => one.code);
        return Array.ConvertAll(values, value => known[value]);
    }
}
