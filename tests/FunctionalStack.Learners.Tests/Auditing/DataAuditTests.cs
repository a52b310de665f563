using FsCheck.Xunit;
using FunctionalStack.Auditing;
using FunctionalStack.Preprocessing;
using Xunit;

namespace FunctionalStack.Learners.Tests.Auditing;

/// <summary>Each kind of finding is found in a table made with the trap, and in none without it.</summary>
public class DataAuditTests
{
    private static readonly ILearner quick = Recipe.ForLinear.Then(new LogisticRegression());

    private static readonly ILearner numeric = Recipe.ForLinear.Then(new RidgeRegression());

    private static EquatableArray<Finding> Found(Dataset data, Frame? test = null, ILearner? learner = null) =>
        (learner ?? (data.Target is Target.Classes ? quick : numeric)).Audit(data, Seed.Of(42), test).OrThrow().Findings;

    private static Finding Single(FindingKind kind, Dataset data, Frame? test = null, ILearner? learner = null) =>
        Assert.Single(Found(data, test, learner), finding => finding.Kind == kind);

    [Property(MaxTest = 5)]
    public void A_table_without_traps_has_no_findings(int seed, bool classes) => Assert.Empty(Found(new Made(seed).Plain(classes)));

    [Property(MaxTest = 5)]
    public void A_copy_of_the_target_is_found_also_under_another_unit(int seed, bool classes)
    {
        var data = new Made(seed).Plain(classes);
        var copy = Array.ConvertAll(Made.Values(data.Target), value => 7 - 3 * value);
        var found = Single(FindingKind.TargetCopy, data.WithFrame(data.Frame.With("copy", Made.Numbers(copy))));
        Assert.Equal(Severity.High, found.Severity);
        Assert.Equal(["copy"], found.Columns);
    }

    [Property(MaxTest = 5)]
    public void A_column_that_is_missing_by_the_target_is_found(int seed)
    {
        var made = new Made(seed);
        var data = made.Plain();
        double[] given = [.. made.Gaussian().Zip(Made.Values(data.Target), (value, code) => code == 1 ? double.NaN : value)];
        Assert.Equal(["later"], Single(FindingKind.TargetCopy, data.WithFrame(data.Frame.With("later", Made.Numbers(given)))).Columns);
    }

    [Property(MaxTest = 5)]
    public void Numbers_and_names_of_rows_are_found(int seed)
    {
        var data = new Made(seed).Plain();
        var numbered = data.Frame.With("row", Made.Numbers([.. Enumerable.Range(1000, data.RowCount).Select(row => (double)row)]))
            .With("key", Column.Categorical.Of([.. Enumerable.Range(0, data.RowCount).Select(row => $"k{row * 7919 % 100003}")]));
        var found = Found(data.WithFrame(numbered)).Where(one => one.Kind == FindingKind.IdLike).ToArray();
        Assert.Equal(["row", "key"], found.SelectMany(one => one.Columns));
    }

    [Property(MaxTest = 5)]
    public void Repeated_rows_are_found_and_not_if_they_are_one_group(int seed)
    {
        var data = new Made(seed).Plain();
        var rows = EquatableArray.From(Enumerable.Range(0, data.RowCount).SelectMany(row => row % 5 == 0 ? new[] { row, row } : [row]));
        var found = Single(FindingKind.DuplicateRows, data.Take(rows));
        Assert.Equal(Severity.High, found.Severity);
        Assert.Equal(120, found.Rows.Count);
        Assert.DoesNotContain(Found(data.Take(rows).WithGroups(rows)), one => one.Kind == FindingKind.DuplicateRows);
    }

    [Property(MaxTest = 5)]
    public void Coarse_columns_repeat_without_a_finding(int seed)
    {
        var data = new Made(seed).Plain();
        Assert.Empty(Found(data.WithFrame(new(data.RowCount, EquatableArray.From(data.Frame.Columns.Select(column =>
            column with { Column = Made.Numbers(Array.ConvertAll(((Column.Numeric)column.Column).ToArray(), Math.Round)) }))))));
    }

    [Property(MaxTest = 5)]
    public void Rows_of_one_patient_are_found_and_not_once_they_are_groups(int seed)
    {
        // Each patient has a place of its own and one outcome, by chance.
        var made = new Made(seed, 400);
        var (x, y, outcome, noise) = (made.Gaussian(), made.Gaussian(), made.Gaussian(), made.Gaussian());
        int[] patients = [.. Enumerable.Range(0, made.Rows).Select(row => row / 10)];
        double[] Near(double[] places) => [.. patients.Select((patient, row) => places[patient] + 0.05 * noise[row])];
        var data = new Dataset(Frame.Of(("x", Made.Numbers(Near(x))), ("y", Made.Numbers(Near(y))),
            ("patient", Column.Categorical.Of([.. patients.Select(patient => $"p{patient:00}")]))),
            Target.Classes.Of([.. patients.Select(patient => outcome[patient] > 0 ? "ill" : "well")]));
        Assert.Equal(["patient"], Single(FindingKind.GroupLeak, data).Columns);
        Assert.DoesNotContain(Found(data.WithGroups(EquatableArray.Own(patients))), one => one.Kind == FindingKind.GroupLeak);
    }

    [Property(MaxTest = 5)]
    public void Outcomes_that_come_in_runs_are_found_if_a_column_tells_the_time(int seed)
    {
        var made = new Made(seed, 600);
        var data = made.Plain();
        double[] times = [.. Enumerable.Range(0, data.RowCount).Select(row => row + 0.5)];
        Assert.Empty(Found(data.WithTime(EquatableArray.Own(times))));
        var outcome = made.Gaussian();
        var runs = Target.Classes.Of([.. Enumerable.Range(0, made.Rows).Select(row => outcome[row / 30] > 0 ? "up" : "down")]);
        var when = data.Frame.With("when", Made.Numbers(times));
        Single(FindingKind.TimeLeak, new Dataset(when, new Roles(runs, Time: EquatableArray.Own(times))));
    }

    [Property(MaxTest = 5)]
    public void A_learner_that_keeps_what_it_saw_is_found(int seed)
    {
        var found = Single(FindingKind.Noise, new Made(seed).Plain(), learner: new Remembering());
        Assert.Equal(Severity.High, found.Severity);
    }

    [Property(MaxTest = 5)]
    public void A_shifted_column_of_new_rows_is_found_and_equal_rows_are_not(int seed)
    {
        var (data, test) = (new Made(seed).Plain(), new Made(~seed).Plain().Frame);
        Assert.Empty(Found(data, test));
        var shifted = test.With("b", Made.Numbers(Array.ConvertAll(((Column.Numeric)test["b"]).ToArray(), value => value + 2)));
        Assert.Equal("b", Single(FindingKind.Drift, data, shifted).Columns[0]);
        var absent = test.With("b", Made.Numbers([.. Enumerable.Repeat(double.NaN, test.RowCount)]));
        Assert.Equal("b", Single(FindingKind.Drift, data, absent).Columns[0]);
    }

    [Property(MaxTest = 5)]
    public void Turned_labels_are_found(int seed)
    {
        var made = new Made(seed, 500);
        var x = made.Gaussian();
        int[] codes = [.. x.Select((value, row) => value > 0 != (row % 20 == 0 && Math.Abs(value) > 0.5) ? 1 : 0)];
        var data = new Dataset(Frame.Of(("x", Made.Numbers([.. x.Select(value => value + 0.5 * Math.Sign(value))]))),
            new Target.Classes(["no", "yes"], EquatableArray.Own(codes)));
        var turned = x.Select((value, row) => (value, row)).Where(one => one.row % 20 == 0 && Math.Abs(one.value) > 0.5)
            .Select(one => one.row).ToHashSet();
        var found = Single(FindingKind.MislabelledRows, data, learner: new KNearestNeighbors(50));
        Assert.True(found.Rows.Count(turned.Contains) > 0.7 * turned.Count, $"{found.Rows.Count} of {turned.Count}");
        Assert.True(found.Rows.Count(turned.Contains) > 0.7 * found.Rows.Count, $"{found.Rows}");
    }

    [Fact]
    public void Rare_and_absent_classes_constants_and_mixed_spellings_are_found()
    {
        var data = new Made(1).Plain();
        string[] classes = [.. ((Target.Classes)data.Target).Codes.Select((code, row) => row < 2 ? "odd" : code == 0 ? "no" : "Yes")];
        var target = Target.Classes.Of(classes);
        var frame = data.Frame.With("same", Made.Numbers(new double[data.RowCount]))
            .With("city", Column.Categorical.Of([.. Enumerable.Range(0, data.RowCount).Select(row =>
                row % 3 == 0 ? "New York" : row % 3 == 1 ? "new  york" : "Rome")]));
        var all = Found(new(frame, new Target.Classes([.. target.Levels, "none", "yes"], target.Codes)));
        Assert.Equal([Severity.Mid, Severity.Low, Severity.Low],
            all.Where(one => one.Kind == FindingKind.RareClass).Select(one => one.Severity).Order());
        Assert.Equal(["same"], Assert.Single(all, one => one.Kind == FindingKind.Constant).Columns);
        Assert.Equal(["target", "city"],
            all.Where(one => one.Kind == FindingKind.MixedSpellings).SelectMany(one => one.Columns));
        Assert.Equal(all.Select(one => one.Severity), all.Select(one => one.Severity).Order());
    }

    [Property(MaxTest = 3)]
    public void The_report_does_not_depend_on_threads(int seed)
    {
        var data = new Made(seed, 100).Plain();
        Assert.Equal(quick.Audit(data, Seed.Of(seed)).OrThrow(),
            quick.Audit(data, Seed.Of(seed), executor: Executor.Threads(3)).OrThrow());
    }

    [Fact]
    public void Few_rows_and_wrong_parameters_are_refused_before_any_fit()
    {
        var data = new Made(1).Plain();
        Assert.StartsWith("the data: has 19 rows", Refused(quick, data.Take(EquatableArray.Range(19))));
        Assert.Contains("k", Refused(new KNearestNeighbors(0), data));

        static string Refused(ILearner learner, Dataset data) =>
            learner.Audit(data, Seed.Of(1)).Match(_ => "", failure => $"{failure}");
    }

    [Fact]
    public void Checks_are_reported_as_they_end()
    {
        var reports = new List<string>();
        quick.Audit(new Made(1, 60).Plain(), Seed.Of(1), progress: new Listed(reports)).OrThrow();
        Assert.Equal(Enum.GetNames<FindingKind>(), reports);
    }

    private sealed class Listed(List<string> labels) : IProgress<FitProgress>
    {
        public void Report(FitProgress value) => labels.Add(value.Label);
    }

    /// <summary>Remembers the target of every row it was ever fitted on.</summary>
    private sealed record Remembering : ILeafLearner
    {
        private readonly Dictionary<double, int> seen = [];

        public string Name => "remembering";

        public Capabilities Capabilities => new(MissingValues: true, Categories: true);

        public Outcome<IModel> FitLeaf(Dataset data, Seed seed)
        {
            var (x, target) = (((Column.Numeric)data.Frame.Columns[0].Column).ToArray(), (Target.Classes)data.Target);
            // A new permutation makes what was seen before worthless: the last fits count.
            for (var row = 0; row < x.Length; row++) seen[x[row]] = target.Codes[row];
            return Outcome.Ok<IModel>(new Model(target.Levels, seen));
        }

        private sealed record Model(EquatableArray<string> Levels, Dictionary<double, int> Seen) : IModel
        {
            public Outcome<Prediction> Predict(Frame rows) =>
                Outcome.Ok<Prediction>(new Prediction.Probabilities(Levels, EquatableArray.From(((Column.Numeric)rows.Columns[0].Column)
                    .ToArray().SelectMany(x => Enumerable.Range(0, Levels.Count).Select(code =>
                        !Seen.TryGetValue(x, out var known) ? 1.0 / Levels.Count : known == code ? 0.9 : 0.1 / (Levels.Count - 1))))));

            public EquatableArray<string> Needs(EquatableArray<string> columns) => columns;
        }
    }
}
