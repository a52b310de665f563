using FsCheck.Xunit;
using FunctionalStack.IO.Tests.Csv;
using Xunit;

namespace FunctionalStack.IO.Tests.Records;

public class RecordRowsTests
{
    public record Visit(int Day, double Share, string? Town, DateTime? When, bool Rained);

    public record Keyed(Guid Key, bool Good);

    private static readonly RecordReader<Visit> Reader = new(RecordTypes.Usual);

    private static readonly Visit[] Visits =
    [
        new(1, 1, "Bern", new(1970, 1, 2), true),
        new(2, 0, "Graz", new(1970, 1, 1, 0, 0, 1), false),
        new(1, 2.5, "Bern", new(1969, 12, 31), true),
    ];

    private static RecordRows<Visit> Rows(params Visit[] visits) => new(Reader, visits);

    [Fact]
    public void Roles_are_no_features()
    {
        var data = Rows(Visits).Weights(v => 2 * v.Share, ["Share"], WeightKind.Frequency).Groups(v => v.Town, ["Town"])
            .Folds(v => v.Day, ["Day"]).Drop(["When"])
            .Target(v => v.Rained, ["Rained"]).OrThrow();
        Assert.Equal(new Roles(new Target.Classes(["False", "True"], [1, 0, 1]), [2, 0, 5], [0, 1, 0], [1, 2, 1],
            WeightKind: WeightKind.Frequency)
        { TargetName = "Rained" }, data.Roles);
        Assert.Empty(data.Frame.Names);
    }

    [Fact]
    public void Dates_are_features_by_their_parts()
    {
        var frame = Rows(Visits).Target(v => v.Rained, ["Rained"]).OrThrow().Frame;
        Assert.Equal(["Day", "Share", "Town", "When:days", "When:year", "When:month", "When:weekday"], frame.Names);
        Assert.Equal(Column.Numeric.Of(1, 1 / 86_400.0, -1), frame["When:days"]);
        Assert.Equal(Column.Numeric.Of(1, 1, 12), frame["When:month"]);
        Assert.Equal(Column.Numeric.Of(5, 4, 3), frame["When:weekday"]);
        Assert.Equal(Column.Numeric.Of(0, 0, 0), Reader.Frame(Visits)["When:hour"]);
    }

    [Fact]
    public void Times_are_numbers_or_seconds_since_1970()
    {
        Assert.Equal([86_400, 1, -86_400], Times(v => v.When));
        Assert.Equal([86_400, 1, -86_400], Times(v => new DateTimeOffset(v.When!.Value, TimeSpan.Zero)));
        Assert.Equal([86_400, 0, -86_400], Times(v => DateOnly.FromDateTime(v.When!.Value)));
        Assert.Equal([1, 2, 1], Times(v => v.Day));

        static EquatableArray<double> Times<TTime>(Func<Visit, TTime> time) =>
            Rows(Visits).Time(time, ["When"]).Target(v => v.Rained, ["Rained"]).OrThrow().Roles.Time!.Value;
    }

    [Fact]
    public void Each_failure_names_its_place()
    {
        Assert.Equal("rows: there are none. Give at least one row.", Refusal(Rows()));
        Assert.Equal("Visit: has no field 'town'. Did you mean 'Town'? The fields are Day, Share, Town, When, Rained.",
            Refusal(Rows(Visits).Drop(["town"])));
        Assert.Equal(
            "Keyed.Key: is of type Guid, neither a number, a category nor a date. Remove it: Rows.Of(rows).Drop(row => row.Key).",
            new RecordRows<Keyed>(new(RecordTypes.Usual), [new(default, true)]).Target(row => row.Good, ["Good"]).Failure().ToString());
        var visits = Rows(Visits).Drop(["When"]);
        Assert.Equal("row 1: the weight is -1. Give finite weights of at least 0.", Refusal(visits.Weights(v => -v.Share, [])));
        Assert.Equal("row 2: the weight is NaN. Give finite weights of at least 0.",
            Refusal(visits.Weights(v => v.Share == 0 ? double.NaN : 1, [])));
        Assert.Equal("row 1: the weight is 0.5, but frequency weights are numbers of observations. Give whole numbers, or importance "
            + "weights (--weights-kind importance).", Refusal(visits.Weights(_ => 0.5, [], WeightKind.Frequency)));
        Assert.Equal("row 2: the group is missing. Give every row a group.", Refusal(visits.Groups(v => v.Rained ? v.Town : null, [])));
        Assert.Equal("row 3: the time is missing or not finite. Give every row a time.",
            Refusal(visits.Time(v => v.Share > 1 ? null : v.When, [])));
        Assert.Equal("the time: is of type String, neither a number nor a date. Select a number, DateTime, DateTimeOffset or DateOnly.",
            Refusal(visits.Time(v => v.Town, [])));
        Assert.Equal("row 2: the target is missing or not finite. Remove the rows whose target is unknown.",
            visits.Target(v => v.Rained ? v.Town : "", []).Failure().ToString());
        Assert.Equal("the target: is of type DateTime, neither a category nor a number. Select a string, bool, enum or number.",
            visits.Target(v => v.When!.Value, []).Failure().ToString());

        static string Refusal(RecordRows<Visit> rows) => rows.Target(v => v.Rained, ["Rained"]).Failure().ToString();
    }

    [Property]
    public void Strings_enums_and_booleans_are_classes_and_numbers_are_numeric(bool[] truths)
    {
        if (truths.Length == 0) return;
        var visits = Rows([.. truths.Select(truth => Visits[0] with { Rained = truth })]).Drop(["When"]);
        var words = truths.Select(truth => truth ? "True" : "False").ToArray();
        Assert.Equal(Target.Classes.Of(words), visits.Target(v => v.Rained, []).OrThrow().Target);
        Assert.Equal(Target.Classes.Of(words), visits.Target(v => v.Rained ? "True" : "False", []).OrThrow().Target);
        Assert.Equal(new Target.Numeric(EquatableArray.From(truths.Select(truth => truth ? 1.0 : 0))),
            visits.Target(v => v.Rained ? 1 : 0, []).OrThrow().Target);
    }

    [Fact]
    public void Weights_that_are_negligible_beside_others_give_a_note() => Assert.Contains(
        "1 weight above 0 is negligible compared with the largest, 1E+300",
        Rows([.. Visits.Zip([1e300, 1e-300, 0], (visit, share) => visit with { Share = share })])
            .Weights(v => v.Share, ["Share"]).Target(v => v.Rained, ["Rained"]).Notes.Single().What);
}
