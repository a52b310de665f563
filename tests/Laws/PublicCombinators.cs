using FsCheck.Xunit;
using Xunit;

namespace FunctionalStack.Laws;

/// <summary>
/// Cross-fitting and bagging by public members alone: this assembly sees nothing else of the core. What others write this way
/// runs on every executor, keeps its predictions in a journal and lets go of what it needs no more, as the core's own do.
/// </summary>
[Properties(Arbitrary = [typeof(Arbitraries)], MaxTest = 40)]
public class PublicCombinators
{
    private static readonly IExecutor[] executors = [Executor.Inline, Executor.Threads(3), new AnyOrder(Seed.Of(3))];

    [Fact]
    public void This_assembly_sees_public_members_only() => Assert.DoesNotContain(
        typeof(ILearner).Assembly.GetCustomAttributes(typeof(System.Runtime.CompilerServices.InternalsVisibleToAttribute), false),
        attribute =>
            ((System.Runtime.CompilerServices.InternalsVisibleToAttribute)attribute).AssemblyName
                == typeof(PublicCombinators).Assembly.GetName().Name);

    [Property]
    public void Cross_fitting_written_by_others_is_the_cores(AnyPlan planned, Seed seed)
    {
        var (mine, cores) = (new MyCrossFit("a", new Digest(), planned.Plan), new Digest().CrossFit("a", planned.Plan));
        var expected = cores.Fit(planned.Data, seed)
            .Map(fitted => (fitted.TrainView, fitted.Covered, Later: fitted.Map.Apply(planned.Data.Frame).OrThrow()));
        Assert.All(executors, executor => Assert.Equal(
            expected.Match(known => known, _ => default),
            executor.Fit(mine, planned.Data, seed)
                .Map(fitted => (fitted.TrainView, fitted.Covered, Later: fitted.Map.Apply(planned.Data.Frame).OrThrow()))
                .Match(known => known, _ => default)));
    }

    [Property]
    public void A_bag_written_by_others_is_a_learner_like_any_other(AnyData any, Seed seed)
    {
        var stack = new Stack([new("bag", new MyBag(new Digest(), 3)), new("digest", new Digest())], new Shares(), new FoldPlan.KFold(2));
        var expected = stack.Fit(any.Data, seed);
        Assert.All(executors, executor => Assert.Equal(expected, executor.Fit(stack, any.Data, seed)));
    }

    [Fact]
    public void Its_faults_are_reported_before_any_fit()
    {
        var data = new Dataset(Frame.Of(("x", Column.Numeric.Of(1, 2, 3, 4))), new Target.Numeric(EquatableArray.Of(1.0, 2, 3, 4)));
        var stack = new Stack([new("digest", new Digest()), new("bag", new MyBag(new Digest(), 0))], new Shares(), new FoldPlan.KFold(2));
        Assert.Equal("bag: my bag: members is 0. Give at least 1.",
            stack.Fit(data, Seed.Of(1)).Match(_ => "", failure => failure.ToString()));
    }

    private sealed record MyCrossFit(string Name, ILearner Learner, FoldPlan Plan) : ICompositeTransform
    {
        public IEnumerable<Component> Components => [new(Name, Learner)];

        public FittedTransform Fit(FitRows rows, Seed seed) => rows.Split(Plan).Match<FittedTransform>(
            folds =>
            {
                var models = folds.Select((fold, i) => rows.Take(fold.Train).Fit(Learner, seed.Fork("fold").Fork(i))).ToArray();
                var predictions = rows.All([.. models.Select((model, i) => model.Predict(rows.Take(folds[i].Holdout)))]);
                var all = rows.All([.. models.Select(model => model.Trained)]);
                var covered = FoldPlan.Covered(folds);
                return new(rows.Join([predictions, all], () =>
                    from outOfFold in predictions.Outcome
                    from trained in all.Outcome
                    select new Fitted(
                        new StackColumns()
                            .Columns(Name, Prediction.Assemble([.. folds.Select((fold, i) => (fold.Holdout, outOfFold[i]))], covered)),
                        new CrossFitMap(Name, EquatableArray.From(trained.Select(one => one.Model)), new StackColumns()))),
                            covered.Count < rows.Count ? covered : null);
            },
            failure => new(rows.Failed<Fitted>(failure), null));
    }

    private sealed record MyBag(ILearner Learner, int Members) : ICompositeLearner
    {
        public string Name => "my bag";

        public Capabilities Capabilities => Learner.Capabilities;

        public IEnumerable<Component> Components => [new("", Learner)];

        public EquatableArray<Failure> Validate() => Members < 1 ? [new(Name, $"members is {Members}", "Give at least 1.")] : default;

        public Deferred<Trained> Fit(FitRows rows, Seed seed)
        {
            var members =
                rows.All([.. Enumerable.Range(0, Members)
                    .Select(m => rows.Take(Drawn(rows.Count, seed.Fork(m))).Fit(Learner, seed.Fork(m), $"member {m + 1}").Trained)]);
            return rows.Join([members],
                () => members.Outcome.Map(all => new Trained(new AveragedModel(EquatableArray.From(all.Select(one => one.Model))))));
        }

        private static EquatableArray<int> Drawn(int count, Seed seed)
        {
            var stream = seed.Stream();
            var drawn = new int[count];
            for (var i = 0; i < count; i++) drawn[i] = stream.Next(count);
            return EquatableArray.Own(drawn);
        }
    }
}
