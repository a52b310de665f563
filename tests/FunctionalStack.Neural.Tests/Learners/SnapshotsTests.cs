using FsCheck.Xunit;
using FunctionalStack.Laws;
using Xunit;

namespace FunctionalStack.Neural.Tests.Learners;

[Properties(Arbitrary = [typeof(Arbitraries)], MaxTest = 20)]
public class SnapshotsTests
{
    /// <summary>An uninterrupted run: each snapshot is the result of a run that stops there, and the first is a training with one
    /// cosine.</summary>
    [Property]
    public void The_first_snapshot_is_the_net_of_one_cycle(ClassData any, Seed seed, byte more)
    {
        var cycles = 2 + more % 2;
        var data = Numbers(any.Data);
        var net = new Net([3], Epochs: 2 * cycles, Batch: 8, Snapshots: cycles);
        var all = net.FitModel(data, seed);
        var first = (net with { Epochs = 2, Snapshots = 1 }).FitModel(data, seed);
        if (first is not Outcome<IModel>.Ok one)
        {
            Assert.IsType<Outcome<IModel>.Fail>(all);
            return;
        }

        var taken = all.OrThrow();
        if (((NetClassifierModel)one.Value).Net.Levels.Count == 1) return; // one class: nothing to train
        var members = Assert.IsType<AveragedModel>(taken).Members;
        Assert.Equal(cycles, members.Count);
        Assert.Equal(one.Value, members[0]);
        Assert.NotEqual(members[0], members[1]);
        Assert.Equal(Prediction.Mean([.. members.Select(member => member.Predict(data.Frame).OrThrow())]),
            taken.Predict(data.Frame).OrThrow());

        // Fewer cycles of the same length are the first of more.
        if (cycles == 3)
            Assert.Equal(EquatableArray.Of(members[0], members[1]),
                ((AveragedModel)(net with { Epochs = 4, Snapshots = 2 }).FitModel(data, seed).OrThrow()).Members);
    }

    [Fact]
    public void The_rate_falls_to_0_once_a_cycle()
    {
        var schedule = Snapshots.Cycles(new TrainingOptions(Epochs: 12), 3);
        foreach (var cycle in new[] { 0, 4, 8 })
        {
            Assert.Equal(1, schedule.Factor(cycle), 1e-12);
            Assert.Equal(0.5, schedule.Factor(cycle + 2), 1e-12);
            Assert.InRange(schedule.Factor(cycle + 3.999), 0, 1e-6);
        }
    }

    [Fact]
    public void Epochs_that_are_not_whole_cycles_fail()
    {
        var data = new Dataset(Frame.Of(("x", Column.Numeric.Of(1, 2, 3, 4))), new Target.Numeric(EquatableArray.Of(1.0, 2, 3, 5)));
        foreach (var (net, what) in new[]
        {
            (new Net([3], Epochs: 5, Snapshots: 2), "5 epochs cannot be divided into 2 cycles of whole epochs"),
            (new Net([3], Epochs: 1, Snapshots: 2), "1 epochs cannot be divided into 2 cycles of whole epochs"),
            (new Net([3], Epochs: 4, Snapshots: 0), "snapshots is 0"),
            (new Net([3], Epochs: 4, Snapshots: 2, Patience: 1, ValidationShare: 0.25),
                "early stopping is on, but snapshots are taken at the end of every cycle"),
        })
        {
            Assert.Equal(what, Assert.IsType<Outcome<Trained>.Fail>(net.Fit(data, Seed.Of(1))).Failure.What);
        }
    }

    private static Dataset Numbers(Dataset data) =>
        ((Dataset)new(((IMap)Preprocessing.Recipe.ForLinear.Fit(data, Seed.Of(0)).OrThrow().Map).Apply(data.Frame).OrThrow(), data.Roles))
            .WithFrequencies(null);
}
