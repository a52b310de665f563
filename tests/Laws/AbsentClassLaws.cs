using FsCheck.Xunit;
using Xunit;

namespace FunctionalStack.Laws;

/// <summary>Law 7: a class absent from a fold gets probability 0 there, rows still sum to 1, and a note reports it.</summary>
[Properties(Arbitrary = [typeof(Arbitraries)], MaxTest = 60)]
public class AbsentClassLaws
{
    private static readonly ILearner[] learners =
        [new Shares(), new Nearest(), new Digest(),
            new Stack([new("n", new Nearest()), new("s", new Shares())], new Shares(), new FoldPlan.KFold(2))];

    [Property]
    public void A_class_that_a_fold_never_saw_gets_no_probability_there(ClassData any, Seed seed, byte which, byte learner)
    {
        var data = Confined(any, which, out var code);
        var transform = learners[learner % learners.Length].CrossFit("a", new FoldPlan.Given());
        if (transform.Fit(data, seed) is not Outcome<Fitted>.Ok ok) return;
        var numbers = Hand.Numbers(ok.Value.TrainView);
        var k = any.Classes.Levels.Count;
        for (var row = 0; row < data.RowCount; row++)
        {
            if (data.Roles.Folds!.Value[row] == 0) Assert.Equal(0, numbers[row * k + code]);
            Assert.Equal(1, numbers.Skip(row * k).Take(k).Sum(), 1e-12);
        }

        Assert.Contains(ok.Notes,
            note => note.ToString()
            == $"a, fold 1 of 2: no training row has class '{any.Classes.Levels[code]}', so it gets probability 0 there"
                || note.ToString().StartsWith("a, fold 1 of 2: no training row has the ", StringComparison.Ordinal)
                && note.What.Contains($"'{any.Classes.Levels[code]}'", StringComparison.Ordinal));
    }

    [Property]
    public void The_averaged_map_knows_every_class_that_some_fold_saw(ClassData any, Seed seed, byte which)
    {
        var data = Confined(any, which, out var code);
        if (new Shares().CrossFit("a", new FoldPlan.Given()).Fit(data.WithFrequencies(null), seed) is not Outcome<Fitted>.Ok ok) return;
        var p = (Prediction.Probabilities)((CrossFitMap)ok.Value.Map).Predict(data.Frame).OrThrow();
        Assert.Equal(any.Classes.Levels, p.Levels);
        Assert.True(p.Row(0)[code] > 0);
        Assert.Equal(1, p.Row(0).ToArray().Sum(), 1e-12);
    }

    [Property]
    public void No_note_where_every_fold_saw_every_class_or_the_data_never_had_it(ClassData any, Seed seed)
    {
        var twice = EquatableArray.From(Enumerable.Range(0, 2 * any.Data.RowCount).Select(row => row / 2));
        var data = any.Data.Take(twice).WithFrequencies(null).WithFolds(EquatableArray.From(twice.Select((_, row) => row % 2)));
        Assert.Empty(new Shares().CrossFit("a", new FoldPlan.Given()).Fit(data, seed).Notes);
    }

    [Property]
    public void A_class_whose_rows_weigh_nothing_in_a_fold_is_absent_there(ClassData any, Seed seed, byte which)
    {
        var doubled = EquatableArray.From(Enumerable.Range(0, 2 * any.Data.RowCount).Select(row => row / 2));
        var classes = (Target.Classes)any.Classes.Take(doubled);
        var code = classes.Codes[which % classes.Count];
        var folds = EquatableArray.From(doubled.Select((_, row) => row % 2));
        var data = any.Data.Take(doubled).WithFolds(folds)
            .WithFrequencies(EquatableArray.From(classes.Codes.Select((c, row) => c == code && folds[row] == 1 ? 0.0 : 1.0)));
        if (new Shares().CrossFit("a", new FoldPlan.Given()).Fit(data, seed) is not Outcome<Fitted>.Ok ok) return;
        var column = (Column.Numeric)ok.Value.TrainView[$"a:P({classes.Levels[code]})"];
        Assert.All(Enumerable.Range(0, data.RowCount).Where(row => folds[row] == 0), row => Assert.Equal(0, column[row]));
        Assert.Contains(ok.Notes,
            note => note.Where == "a, fold 1 of 2" && note.What.Contains($"'{classes.Levels[code]}'", StringComparison.Ordinal));
    }

    // All rows of one class, and some of the others, in fold 0: the model of fold 0 is fitted on fold 1 alone.
    private static Dataset Confined(ClassData any, byte which, out int confined)
    {
        var code = any.Classes.Codes[which % any.Data.RowCount];
        confined = code;
        return any.Data.WithFrequencies(null).WithFolds(EquatableArray.From(any.Classes.Codes.Select((c, row) => c == code ? 0 : row % 2)));
    }
}
