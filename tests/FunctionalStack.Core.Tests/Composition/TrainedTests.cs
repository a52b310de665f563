using FsCheck.Xunit;
using FunctionalStack.Laws;
using Xunit;

namespace FunctionalStack.Core.Tests.Composition;

[Properties(Arbitrary = [typeof(Arbitraries)], MaxTest = 50)]
public class TrainedTests
{
    [Property]
    public void Another_order_of_columns_and_others_beside_them_change_no_prediction(AnyLearner sample, Seed seed)
    {
        if (sample.Learner.Fit(sample.Data, seed) is not Outcome<Trained>.Ok { Value: var trained }) return;
        var names = sample.Data.Frame.Names.ToArray();
        seed.Stream().Shuffle(names.AsSpan());
        var other = sample.Data.Frame.Select(names)
            .With("another", new Column.Numeric(EquatableArray.From(new double[sample.Data.RowCount])));
        Assert.Equal(trained.Predict(sample.Data.Frame), trained.Predict(other));
    }

    [Fact]
    public void Rows_are_conformed_and_notes_count_all_of_them_on_any_number_of_threads()
    {
        var words = Enumerable.Range(0, 12).Select(row => row % 3 == 0 ? "True" : "False").ToArray();
        var data = new Dataset(Frame.Of(("truth", Column.Categorical.Of(words))), Target.Classes.Of(words));
        var trained = new Nearest().Fit(data, Seed.Of(1)).OrThrow();
        var later = new Column.Numeric(EquatableArray.From(Enumerable.Range(0, 9_000).Select(row => row % 3 == 0 ? 1.0 : 0)));

        var predicted = Executor.Threads(2).Predict(trained, Frame.Of(("truth", later)));
        Assert.Equal(Enumerable.Range(0, 9_000).Select(row => row % 3 == 0 ? 1 : 0),
            ((Prediction.Probabilities)predicted.OrThrow()).Codes());
        Assert.Equal(
            "column 'truth': 9000 of 9000 rows hold training levels in another spelling (e.g. '1' as 'True')",
            Assert.Single(predicted.Notes).ToString());
        Assert.Equal(predicted.OrThrow(), trained.Predict(Frame.Of(("truth", later))).OrThrow());
    }

    [Fact]
    public void What_does_not_conform_is_refused_by_name()
    {
        var data = new Dataset(Frame.Of(("x", Column.Numeric.Of(1, 2))), Target.Classes.Of("a", "b"));
        var trained = new Nearest().Fit(data, Seed.Of(1)).OrThrow();
        Assert.Equal("the rows: have no column 'x'. Give the columns that the model was fitted on.", Refusal(Frame.Empty(1)));
        Assert.Equal(
            "column 'x': holds text, but the training data had numbers ('b' in row 1). Give numbers, or leave the value missing.",
            Refusal(Frame.Of(("x", Column.Categorical.Of("b")))));

        string Refusal(Frame rows) => trained.Predict(rows).Match(_ => "it was predicted", failure => failure.ToString());
    }

    [Fact]
    public void A_fit_prints_its_scores_best_first()
    {
        var words = Enumerable.Range(0, 24).Select(row => row % 3 == 0 ? "yes" : "no").ToArray();
        var data = new Dataset(Frame.Of(("word", Column.Categorical.Of(words))), Target.Classes.Of(words));
        var stack = new Stack([new Base("near", new Nearest()), new Base("digest", new Digest())], new Nearest(), new FoldPlan.KFold(3));
        var fitted = stack.Fit(data, Seed.Of(1)).OrThrow();
        var lines = fitted.ToString().Split('\n');
        Assert.Equal(["out", "of", "fold", .. fitted.Scores[0].Scores.Select(score => score.Metric)],
            lines[0].Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(fitted.Scores.OrderBy(model => model["logLoss"].Mean).Select(model => model.Name),
            lines.Skip(1).Select(line => line.Split(' ')[0]));
        Assert.Single(lines.Select(line => line.Length).Distinct());
        Assert.Equal("NearestModel, without out-of-fold scores", new Nearest().Fit(data, Seed.Of(1)).OrThrow().ToString());
    }

    [Property]
    public void A_fit_knows_its_target_and_seed(AnyData any, Seed seed)
    {
        var data = any.Data.WithTargetName("y");
        if (new Nearest().Fit(data, seed) is not Outcome<Trained>.Ok { Value: { Origin: var origin } }) return;
        var classes = data.Target as Target.Classes;
        Assert.Equal(new FitOrigin("y", classes?.Levels ?? default, classes is { IsOrdered: true }, seed, null), origin);
    }

    [Fact]
    public void Names_stay_with_rows_that_are_taken()
    {
        var data = new Dataset(Frame.Of(("x", Column.Numeric.Of(1, 2))),
            new Roles(Target.Classes.Of("a", "b")) { TargetName = "y", IdName = "id", Gap = 2 });
        Assert.Equal(data.Roles, data.Take([0, 1]).Roles);
        Assert.Equal("y", data.WithTarget(Target.Classes.Of("c", "d")).Roles.TargetName);
        Assert.Equal("target", new Roles(data.Target).TargetName);
    }
}
