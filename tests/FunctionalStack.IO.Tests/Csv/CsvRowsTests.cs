using FunctionalStack.Laws;
using Xunit;

namespace FunctionalStack.IO.Tests.Csv;

public sealed class CsvRowsTests : IDisposable
{
    private const string Text =
        "id,x,when,w,g,f,note,y\na,1,2026-01-01,1,p,0,u,no\nb,2,2026-01-02,2,q,1,v,yes\n"
        + "c,3,2026-01-03,1,p,1,u,no\nd,4,2026-01-04,3,q,0,v,yes\n";

    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Members_are_the_roles_of_the_reader()
    {
        var path = Put(Text);
        var rows = new CsvRows(path).Id("id").Weights("w", WeightKind.Frequency).Groups("g").Folds("f").Time("when").Gap(1).Drop("note")
            .Categorical("x").Order("yes", "no");
        var roles = new TableRoles("y", "id", "w", "g", "f", Categorical: ["x"], Time: "when")
        {
            WeightKind = WeightKind.Frequency,
            Gap = 1,
            Drop = ["note"],
            Order = ["yes", "no"],
        };
        Assert.Equal(DatasetReader.Read(path, roles).OrThrow(), rows.Training("y").OrThrow());
        Assert.Equal(DatasetReader.Read(path, roles).OrThrow().Dataset, rows.Target("y").OrThrow());
        var data = rows.Target("y").OrThrow();
        Assert.Equal(["x"], data.Frame.Names);
        Assert.Equal(("y", "id", TimeSpan.FromDays(1).TotalSeconds), (data.Roles.TargetName, data.Roles.IdName, data.Roles.Gap));
        Assert.IsType<Target.Numeric>(new CsvRows(path).Kind(TargetKind.Values).Target("x").OrThrow().Target);
    }

    [Fact]
    public void A_gap_without_times_is_refused() => Assert.Equal("is 1, but there is no time column",
        Assert.IsType<Outcome<Dataset>.Fail>(new CsvRows(Put(Text)).Gap(1).Target("y")).Failure.What);

    [Fact]
    public void Rules_for_text_hold_for_rows_to_predict_too()
    {
        var model = new Learners.KNearestNeighbors(1)
            .Fit(new CsvRows(Put(Text)).Drop("id", "when", "note", "g", "f", "w").Target("y").OrThrow(), Seed.Of(1));
        var later = new CsvRows(Put("x\n-999\n3\n")).Text(new(Missing: ["-999"])).ToPredict(model.OrThrow()).OrThrow();
        Assert.Equal(Column.Numeric.Of(double.NaN, 3), later["x"]);
    }

    [Fact]
    public void Every_member_returns_another_definition()
    {
        var rows = new CsvRows(Put(Text)).Drop("note").Drop("when");
        _ = rows.Id("id").Drop("g");
        Assert.Equal(["id", "x", "w", "g", "f"], rows.Target("y").OrThrow().Frame.Names);
    }

    [Fact]
    public void Columns_that_do_not_exist_or_have_two_roles_are_refused()
    {
        var rows = new CsvRows(Put(Text));
        Assert.Contains("Did you mean 'note'?", Refused(rows.Drop("notes")));
        Assert.Contains("'g' is dropped, but it is the groups column", Refused(rows.Groups("g").Drop("g")));
        Assert.Contains("'y' is dropped, but it is the target column", Refused(rows.Drop("y")));
        Assert.Contains("has no id column 'nr'", Refused(rows.Id("nr")));
        Assert.Contains("no such file", Refused(new CsvRows(folder.At("nowhere.csv"))));
    }

    [Fact]
    public void Rows_to_predict_are_read_as_the_training_rows_were()
    {
        var model = new Nearest()
            .Fit(new CsvRows(Put("x,code,y\n1,007,no\n2,008,yes\n3,007,no\n")).Categorical("code").Target("y").OrThrow(),
            Seed.Of(1)).OrThrow();
        var frame = new CsvRows(Put("other,code,x\nu,007,5\n")).ToPredict(model).OrThrow();
        Assert.Equal(["007"], ((Column.Categorical)frame.Find("code")!).Levels);
        Assert.Equal(Column.Numeric.Of(5), frame.Find("x"));
        Assert.Contains("does not know its columns", new CsvRows(Put(Text)).ToPredict(new Trained(model.Model)).Failure().What);
    }

    private static string Refused(CsvRows rows) => rows.Target("y").Failure().ToString();

    private string Put(string text)
    {
        var path = folder.At($"{Guid.NewGuid():N}.csv");
        File.WriteAllText(path, text);
        return path;
    }
}
