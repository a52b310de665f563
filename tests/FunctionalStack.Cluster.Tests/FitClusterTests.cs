using FsCheck.Xunit;
using FunctionalStack.Cluster.Coordinating;
using FunctionalStack.Cluster.Silos;
using FunctionalStack.Cluster.Wire;
using FunctionalStack.Laws;
using FunctionalStack.Learners;
using FunctionalStack.Preprocessing;
using Orleans.Runtime;
using Xunit;

namespace FunctionalStack.Cluster.Tests;

/// <summary>Law 5 on a cluster: the bits do not depend on the executor, nor on which silos die.</summary>
public class FitClusterTests(TestSilos silos) : IClassFixture<TestSilos>
{
    private static readonly Stack stack = new Stack(
        [
            new("tree", Recipe.ForTrees.Then(new DecisionTree(MaxDepth: 3))),
            new("forest", Recipe.ForTrees.Then(new RandomForest(5))),
            new("logistic", Recipe.ForLinear.Then(new LogisticRegression())),
            new("boosting", new GradientBoosting(5)),
        ],
        new OpinionPool(), new FoldPlan.Usual(3));

    [Property(MaxTest = 20, Arbitrary = [typeof(Arbitraries)])]
    public void A_stack_has_the_bits_of_one_thread_or_its_failure(ClassData any, Seed seed) =>
        Assert.Equal(Executor.Inline.Fit(stack, any.Data, seed), silos.Cluster.Executor().Fit(stack, any.Data, seed));

    [Property(MaxTest = 30, Arbitrary = [typeof(Arbitraries)])]
    public void Any_composition_has_the_bits_of_one_thread(AnyLearner any, Seed seed) =>
        Assert.Equal(Executor.Inline.Fit(any.Learner, any.Data, seed), silos.Cluster.Executor().Fit(any.Learner, any.Data, seed));

    [Fact]
    public void Silos_make_the_fits()
    {
        var before = silos.Cluster.Report;
        silos.Cluster.Executor().Fit(stack, Rows(60), Seed.Of(1)).OrThrow();
        var after = silos.Cluster.Report;
        // Four bases and three folds; the meta-learner once for its scores in each fold, and once.
        Assert.True(after.Fits - before.Fits >= 12, $"{after}");
        Assert.True(after.Sent > before.Sent && after.Fetched > before.Fetched);
    }

    /// <summary>The transforms are fitted where the learner is, so each silo needs the columns of the file and nothing else.</summary>
    [Fact]
    public void The_columns_are_sent_once_to_each_silo()
    {
        var stream = Seed.Of(1).Stream();
        var data = Rows(3000).WithFrame(new(3000, EquatableArray.From(Enumerable.Range(0, 20).Select(column => new NamedColumn($"{column}",
            new Column.Numeric(EquatableArray.From(Enumerable.Range(0, 3000).Select(_ => stream.NextNormal()).ToArray())))))));
        var columns = FrameBytes.Of(data.Frame).Bytes.Length;
        var before = silos.Cluster.Report;
        silos.Cluster.Executor().Fit(stack, data, Seed.Of(11)).OrThrow();
        var after = silos.Cluster.Report;
        Assert.Equal(before.Here, after.Here);
        // With the numbers of the rows, and the columns of the meta-learner. Four bases on three folds would be 8 times the columns.
        Assert.InRange(after.Sent - before.Sent, columns, 2 * TestSilos.Silos * columns);
    }

    [Fact]
    public async Task Silos_that_die_change_no_bit()
    {
        var data = Rows(2000);
        var expected = Executor.Inline.Fit(stack, data, Seed.Of(2)).OrThrow();
        for (var time = 0; time < 3; time++)
        {
            var fit = Task.Run(() => silos.Cluster.Executor().Fit(stack, data, Seed.Of(2)).OrThrow());
            await silos.Replace(time);
            Assert.Equal(expected, await fit);
        }
    }

    /// <summary>A silo that has just joined is unknown to others for a moment, and what is meant for it lands elsewhere.</summary>
    [Fact]
    public async Task A_message_for_a_silo_that_lands_on_another_is_refused_and_arrives_the_next_time()
    {
        var grains = silos.Grains;
        var hosts = (await grains.GetGrain<IManagementGrain>(0).GetHosts(onlyActive: true)).Keys.ToArray();
        var address = SiloAddress.New(hosts[0].Endpoint, hosts[0].Generation + 1);
        var grain = grains.GetGrain<INode>(address.ToParsableString());
        await Assert.ThrowsAsync<SiloUnavailableException>(() => Node.Hinted(hosts[0], grain.Tell));
        await Assert.ThrowsAsync<SiloUnavailableException>(() => Node.Hinted(hosts[0], () => grain.Put("d", 1, 0, [1])));
        var own = grains.GetGrain<INode>(hosts[1].ToParsableString());
        Assert.Equal(NodeIdentity.Here, (await Node.Hinted(hosts[1], own.Tell)).Build);
    }

    [Fact]
    public void A_damaged_result_is_ordered_again()
    {
        var data = Rows(60);
        var before = silos.Cluster.Report.Again;
        silos.Damaged = 3;
        Assert.Equal(Executor.Inline.Fit(stack, data, Seed.Of(12)), silos.Cluster.Executor().Fit(stack, data, Seed.Of(12)));
        Assert.True(silos.Damaged < 0);
        Assert.Equal(3, silos.Cluster.Report.Again - before);
    }

    [Fact]
    public void An_order_that_is_never_answered_is_made_again()
    {
        var data = Rows(60);
        silos.Lost = 1;
        Assert.Equal(Executor.Inline.Fit(stack, data, Seed.Of(13)), silos.Cluster.Executor().Fit(stack, data, Seed.Of(13)));
        Assert.True(silos.Lost < 0);
    }

    [Fact]
    public void A_cancelled_run_stops()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Assert.Throws<OperationCanceledException>(() =>
            silos.Cluster.Executor().Fit(stack, Rows(60), Seed.Of(3), null, stop.Token).OrThrow());
    }

    [Fact]
    public void The_journal_of_a_run_is_that_of_the_coordinator()
    {
        var journal = new Journal();
        var data = Rows(60);
        var first = silos.Cluster.Executor().Through(journal).Fit(stack, data, Seed.Of(4)).OrThrow();
        var before = silos.Cluster.Report.Fits;
        Assert.Equal(first, silos.Cluster.Executor().Through(journal).Fit(stack, data, Seed.Of(4)).OrThrow());
        Assert.Equal(before, silos.Cluster.Report.Fits);
    }

    /// <summary>A fold's model only predicts its held-out rows. A journal keeps it, too.</summary>
    [Fact]
    public void Models_of_folds_stay_at_the_silos()
    {
        var forests = new Stack([new("forest", Recipe.ForTrees.Then(new RandomForest(200)))], new OpinionPool(), new FoldPlan.Usual(5),
            Combine.Refit);
        var (data, start) = (Rows(900), silos.Cluster.Report.Fetched);
        var alone = silos.Cluster.Executor().Fit(forests, data, Seed.Of(14)).OrThrow();
        var middle = silos.Cluster.Report.Fetched;
        Assert.Equal(alone, silos.Cluster.Executor().Through(new Journal()).Fit(forests, data, Seed.Of(14)).OrThrow());
        Assert.InRange(middle - start, 1, (silos.Cluster.Report.Fetched - middle) / 2);
    }

    private static Dataset Rows(int count)
    {
        double[] x = [.. Enumerable.Range(0, count).Select(row => (double)(row * row % 97))];
        return new(Frame.Of(("x", new Column.Numeric(EquatableArray.Own(x))),
            ("c", Column.Categorical.Of([.. x.Select(value => value % 3 == 0 ? "red" : "blue")]))),
            Target.Classes.Of([.. x.Select((value, row) => value + row % 13 > 50 ? "yes" : "no")]));
    }

    private sealed class Journal : IJournal
    {
        private readonly System.Collections.Concurrent.ConcurrentDictionary<FitKey, object> kept = [];

        public Outcome<T>.Ok? Find<T>(FitKey key) where T : class => kept.TryGetValue(key, out var found) ? found as Outcome<T>.Ok : null;

        public void Keep<T>(FitKey key, Outcome<T>.Ok made) where T : class => kept[key] = made;

        public void Passed(ILearner learner)
        {
        }
    }
}
