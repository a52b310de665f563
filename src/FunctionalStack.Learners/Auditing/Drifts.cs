namespace FunctionalStack.Auditing;

/// <summary>Whether a classifier can tell the rows to be predicted from the training rows.</summary>
internal static class Drifts
{
    // Areas under the ROC curve; chance is 0.5.
    private const double Least = 0.55;
    private const double Far = 0.75;
    private const double LeastErrors = 3;
    private const int MostColumns = 3;

    private static readonly EquatableArray<string> Levels = ["train", "test"];

    public static AuditCheck Of(AuditRun run, Dataset data, Frame? test)
    {
        if (test is null) return AuditCheck.None(FindingKind.Drift, "no rows to be predicted were given");
        var names = data.Frame.Names;
        if (names.Count == 0) return AuditCheck.None(FindingKind.Drift, "there are no columns but those of row ids");
        if (names.FirstOrDefault(name => test.Find(name) is null) is { } absent)
            return AuditCheck.None(FindingKind.Drift, $"the rows to be predicted have no column '{absent}'");
        if (data.Frame.Columns.FirstOrDefault(one => one.Column.GetType() != test[one.Name].GetType()) is { } other)
            return AuditCheck.None(FindingKind.Drift, $"column '{other.Name}' has numbers in one file and categories in the other");
        if (test.RowCount < DataAudit.LeastRows)
            return AuditCheck.None(FindingKind.Drift, $"{test.RowCount} rows to be predicted are too few to compare");
        var both = Both(run, data.Frame, test.Select([.. names]));
        return (from found in run.CrossValidated(AuditRun.Forest, both, "drift").WithoutNotes()
                from columns in found["auc"].Mean - LeastErrors * found["auc"].StandardError > Least ? Columns(run, both)
                    : Outcome.Ok<EquatableArray<(string Source, double Area)>>(default)
                select Found(found["auc"].Mean, columns)).Match(check => check,
            failure => AuditCheck.None(FindingKind.Drift, $"{failure}"));
    }

    private static AuditCheck Found(double area, EquatableArray<(string Source, double Area)> columns)
    {
        var measured = $"a forest tells the rows to be predicted from the training rows with an area under the ROC curve of "
            + $"{AuditRun.Text(area)} (0.5 is chance)";
        return new(FindingKind.Drift, measured, columns.Count == 0 ? default
            : EquatableArray.Of(new Finding(FindingKind.Drift, area >= Far ? Severity.High : Severity.Mid,
                EquatableArray.From(columns.Select(one => one.Source)),
                $"the rows to be predicted differ from the training rows: {measured}; by single columns: "
                    + string.Join(", ", columns.Select(one => $"'{one.Source}' {AuditRun.Text(one.Area)}")) + ".",
                "Scores on the training rows may not hold for them. Look at these columns, and leave out those that tell when or where a "
                    + "row was recorded.")));
    }

    private static Outcome<EquatableArray<(string Source, double Area)>> Columns(AuditRun run, Dataset both) =>
        Outcome.All(AuditRun.Sources(both.Frame).Select(one =>
            run.CrossValidated(AuditRun.Column, both.WithFrame(one.Frame), $"drift {one.Source}").WithoutNotes()
                .Map(found => (one.Source, found["auc"].Mean)))).Map(all =>
                    EquatableArray.From(all.OrderByDescending(one => one.Mean).Take(MostColumns)));

    private static Dataset Both(AuditRun run, Frame train, Frame test)
    {
        var (first, second) = (train.Take(run.Drawn(train.RowCount, DataAudit.MostRows, "drift")),
            test.Take(run.Drawn(test.RowCount, DataAudit.MostRows, "drift test")));
        var rows = first.RowCount + second.RowCount;
        return new(new(rows, EquatableArray.From(first.Columns.Select(one =>
                one with { Column = Joined(one.Column, second[one.Name]) }))),
            new Target.Classes(Levels, EquatableArray.From(Enumerable.Range(0, rows).Select(row => row < first.RowCount ? 0 : 1))));
    }

    private static Column Joined(Column first, Column second) => (first, second) switch
    {
        (Column.Numeric a, Column.Numeric b) => new Column.Numeric(EquatableArray.Own([.. a.ToArray(), .. b.ToArray()])),
        (Column.Categorical a, Column.Categorical b) => Column.Categorical.Of([.. Words(a), .. Words(b)]),
        _ => throw new InvalidOperationException(),
    };

    private static IEnumerable<string?> Words(Column.Categorical column) => Enumerable.Range(0, column.Count).Select(column.LevelOf);
}
