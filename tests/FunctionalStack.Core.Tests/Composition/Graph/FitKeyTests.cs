using FunctionalStack.Laws;
using Xunit;

namespace FunctionalStack.Core.Tests.Execution;

public class FitKeyTests
{
    private static readonly Frame frame =
        Frame.Of(("x", Column.Numeric.Of(1, 2, double.NaN, 4)), ("c", Column.Categorical.Of("a", "b", null, "a")));
    private static readonly Dataset data =
        new(frame,
            new Roles(Target.Classes.Of("n", "y", "y", "n"), EquatableArray.Of(1.0, 2, 1, 1), EquatableArray.Of(1, 1, 2, 2),
            EquatableArray.Of(1, 2, 1, 2)));
    private static readonly ILearner learner =
        new Stack([new("d", new Digest()), new("s", new Shift(1).Then(new Shares()))], new Committee(2), new FoldPlan.KFold(2));

    /// <summary>Anything that a fit may depend on.</summary>
    public static TheoryData<string, Dataset, ILearner, Seed> Changes()
    {
        var stack = (Stack)learner;
        var changes = new TheoryData<string, Dataset, ILearner, Seed>();
        void Data(string what, Dataset changed) => changes.Add(what, changed, learner, Seed.Of(1));
        void Spec(string what, ILearner changed) => changes.Add(what, data, changed, Seed.Of(1));

        changes.Add("seed", data, learner, Seed.Of(2));
        Data("a number", data.WithFrame(frame.With("x", Column.Numeric.Of(1, 2, double.NaN, 5))));
        Data("the sign of zero", data.WithFrame(frame.With("x", Column.Numeric.Of(1, 2, double.NaN, 0))));
        Data("the sign of zero, turned", data.WithFrame(frame.With("x", Column.Numeric.Of(1, 2, double.NaN, -0.0))));
        Data("a word", data.WithFrame(frame.With("c", Column.Categorical.Of("a", "b", null, "b"))));
        Data("a level without rows",
            data.WithFrame(frame.With("c", new Column.Categorical(EquatableArray.Of("a", "b", "z"), EquatableArray.Of(0, 1, -1, 0)))));
        Data("the kind of a column", data.WithFrame(frame.With("c", Column.Numeric.Of(0, 1, -1, 0))));
        Data("the name of a column", data.WithFrame(Frame.Of(("z", frame["x"]), ("c", frame["c"]))));
        Data("the order of columns", data.WithFrame(frame.Select("c", "x")));
        Data("a column less", data.WithFrame(frame.Without("c")));
        Data("the order of rows", data.Take([1, 0, 2, 3]));
        Data("a row less", data.Take([0, 1, 2]));
        Data("a target", data.WithTarget(Target.Classes.Of("y", "y", "y", "n")));
        Data("the kind of target", data.WithTarget(new Target.Numeric(EquatableArray.Of(0.0, 1, 1, 0))));
        Data("a weight", data.WithFrequencies(EquatableArray.Of(1.0, 2, 1, 3)));
        Data("no weights", data.WithFrequencies(null));
        Data("groups", data.WithGroups(EquatableArray.Of(1, 1, 2, 3)));
        Data("no folds", data.WithFolds(null));
        Spec("a parameter", stack with { Meta = new Committee(3) });
        Spec("a parameter deep inside", stack with { Bases = [stack.Bases[0], new("s", new Shift(2).Then(new Shares()))] });
        Spec("a truth value", stack with { Bases = [new("d", new Digest(false)), stack.Bases[1]] });
        Spec("a word of a union", stack with { Combine = Combine.Refit });
        Spec("the type of a part", stack with { Meta = new Digest() });
        Spec("the order of parts", stack with { Bases = [stack.Bases[1], stack.Bases[0]] });
        Spec("one part less", stack with { Bases = [stack.Bases[0]] });
        Spec("something for nothing", stack with { StackColumns = new() });
        return changes;
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public void Everything_that_a_fit_depends_on_changes_its_key(string what, Dataset changedData, ILearner changedLearner, Seed seed)
    {
        var usual = FitKey.Of(learner, data, Seed.Of(1));
        Assert.NotNull(usual);
        Assert.True(usual != FitKey.Of(changedLearner, changedData, seed), what);
    }

    [Fact]
    public void All_these_keys_differ() =>
        Assert.Equal(Changes().Count,
            Changes().Select(change => FitKey.Of((ILearner)change[2], (Dataset)change[1], (Seed)change[3])).Distinct().Count());

    [Fact]
    public void Equal_arguments_have_one_key_however_they_are_stored()
    {
        var again = new Stack([new("d", new Digest()), new("s", new Shift(1).Then(new Shares()))], new Committee(2), new FoldPlan.KFold(2));
        var rows = data.Take([3, 2, 1, 0]).Take([3, 2, 1, 0]);
        Assert.Equal(FitKey.Of(learner, data, Seed.Of(1)), FitKey.Of(again, rows, Seed.Of(1)));
        Assert.Matches("^[0-9a-f]{64}$", FitKey.Of(learner, data, Seed.Of(1))!.Value.Hex);
    }

    [Fact]
    public void A_prediction_has_a_separate_key_that_depends_on_its_rows()
    {
        var keys = new[]
        {
            FitKey.Of(learner, data, Seed.Of(1)),
            FitKey.OfPrediction(learner, data, Seed.Of(1), frame),
            FitKey.OfPrediction(learner, data, Seed.Of(1), frame.Take([0, 1])),
            FitKey.OfPrediction(learner, data, Seed.Of(2), frame),
        };
        Assert.Equal(4, keys.Distinct().Count());
    }

    [Fact]
    public void What_is_no_plain_data_has_no_key()
    {
        Assert.Null(FitKey.Of(new Held(() => 1), data, Seed.Of(1)));
        Assert.Null(FitKey.Of(new Held(new Dictionary<string, int>()), data, Seed.Of(1)));
        Assert.Null(FitKey.Of(new Held(new object()), data, Seed.Of(1)));
        var circle = new List<object>();
        circle.Add(circle);
        Assert.Null(FitKey.Of(new Held(circle), data, Seed.Of(1)));
        Assert.NotEqual(FitKey.Of(new Held(1), data, Seed.Of(1)), FitKey.Of(new Held(1L), data, Seed.Of(1)));
        Assert.NotEqual(FitKey.Of(new Held(new[] { 1, 2 }), data, Seed.Of(1)), FitKey.Of(new Held(new[] { 1, 3 }), data, Seed.Of(1)));
        Assert.NotEqual(FitKey.Of(new Held(((int, string?))(1, null)), data, Seed.Of(1)),
            FitKey.Of(new Held(((int, string?))(1, "")), data, Seed.Of(1)));
    }

    private sealed record Held(object What) : ILeafLearner
    {
        public string Name => "held";

        public Capabilities Capabilities => new();

        public Outcome<IModel> FitLeaf(Dataset data, Seed seed) => Outcome.Fail<IModel>(Name, "is not to be fitted", "");
    }

    /// <summary>Digests of rows are computed once, so a changed copy must not keep them.</summary>
    [Fact]
    public void A_changed_copy_of_rows_has_another_key()
    {
        var rows = new LeafRows(frame, [0, 1], data.Roles.Take([0, 1]));
        var key = FitKey.OfFit(learner, rows, Seed.Of(1));
        Assert.Equal(FitKey.Of(learner, data.Take([0, 1]), Seed.Of(1)), key);
        Assert.Equal(key, FitKey.OfFit(learner, rows with { }, Seed.Of(1)));
        Assert.NotEqual(key, FitKey.OfFit(learner, rows with { Rows = [1, 0] }, Seed.Of(1)));
        Assert.NotEqual(key, FitKey.OfFit(learner, rows with { Roles = data.Roles.Take([1, 0]) }, Seed.Of(1)));
    }
}
