using FsCheck.Xunit;
using FunctionalStack.IO;
using FunctionalStack.Learners;
using Xunit;

namespace FunctionalStack.Laws;

/// <summary>
/// The properties of every learner, after its default preprocessing, on data with missing values, categories, weights, rare and
/// absent classes. A test class derives from this, with its catalogue's learners (<see cref="Known.Of"/>) and any others,
/// and registers a generator of these with FsCheck.
/// </summary>
/// <param name="all">The learners held to the laws.</param>
public abstract class CatalogueLaws(EquatableArray<Known> all)
{
    /// <summary>The records of all models.</summary>
    protected virtual Catalogue Catalogue => Library.Catalogue;

    /// <summary>The laws of the package FunctionalStack.Laws, on one random table.</summary>
    [Property]
    public void No_learner_law_is_broken(Known known, AnyData any, Seed seed)
    {
        var results = LearnerLaws.Check(known.Learner, new()
        {
            Seed = seed,
            Cases = 1,
            Data = _ => any.Data,
            Catalogue = Catalogue,
            DealsRows = known.DealsRows,
            // These make their own tables: see the tests of capabilities.
            Except = [LawNames.Capabilities, LawNames.WeightsUsed],
        });
        Assert.DoesNotContain(results, result => result.IsBroken);
    }

    [Property]
    public void A_learner_that_does_not_support_the_target_reports_it(Known known, AnyData any, Seed seed)
    {
        if (any.Data.Target is Target.Classes ? known.Classes : known.Values) return;
        Assert.IsType<Outcome<Trained>.Fail>(known.Learner.Fit(any.Data, seed));
    }

    [Property]
    public void No_out_of_fold_prediction_has_seen_its_rows_target(Known known, ClassData any, Seed seed, int pick, byte k)
    {
        var row = (int)((uint)pick % any.Data.RowCount);
        var others = any.Classes.Codes.ToArray();
        others[row] = (others[row] + 1) % any.Classes.Levels.Count;
        var crossFit = known.Learner.CrossFit("a", new FoldPlan.KFold(2 + k % 3, seed));
        var before = crossFit.Fit(any.Data, seed);
        var after = crossFit.Fit(any.Data.WithTarget(new Target.Classes(any.Classes.Levels, EquatableArray.Own(others))), seed);
        if (before is Outcome<Fitted>.Ok one && after is Outcome<Fitted>.Ok two)
        {
            Assert.Equal(one.Value.TrainView.Take(EquatableArray.Of(row)), two.Value.TrainView.Take(EquatableArray.Of(row)));
        }
    }

    [Fact]
    public void On_labels_that_are_pure_noise_a_stack_of_all_classifiers_stays_at_chance()
    {
        var stream = Seed.Of(7).Stream();
        var columns = Enumerable.Range(0, 5).Select(c =>
        {
            var numbers = new double[300];
            for (var i = 0; i < numbers.Length; i++) numbers[i] = stream.NextNormal();
            return ($"x{c}", (Column)new Column.Numeric(EquatableArray.Own(numbers)));
        }).ToArray();
        var codes = new int[300];
        for (var i = 0; i < codes.Length; i++) codes[i] = stream.Next(2);
        var data = new Dataset(Frame.Of(columns), new Target.Classes(["no", "yes"], EquatableArray.Own(codes)));

        var bases = all.Where(known => known.Classes).Select((known, i) => new Base($"{known.Learner.Name}{i}", known.Learner));
        var stack = new Stack(EquatableArray.From(bases), new LogisticRegression(), new FoldPlan.Stratified(5, Seed.Of(1)));
        var accuracy = Executor.Threads(2).Evaluate(stack, data, new FoldPlan.Stratified(5, Seed.Of(2)), Seed.Of(3))
            .OrThrow().Final["accuracy"].Mean;

        // 300 fair coins: 0.5 with a standard error of 0.029. Four of them on either side; a stack that leaks is far above.
        Assert.InRange(accuracy, 0.5 - 4 * 0.029, 0.5 + 4 * 0.029);
    }
}
