using FunctionalStack.IO;

namespace FunctionalStack.Laws;

/// <summary>
/// The laws of learners, for tests of a learner of your own, as <c>check_estimator</c> of scikit-learn is. Random tables are made for the
/// learner's capabilities, and each law is checked on them. What a learner throws breaks the law that it was checked for.
/// </summary>
public static class LearnerLaws
{
    /// <summary>Checks a learner. A learner that needs preprocessing is given behind it: <c>Recipe.ForLinear.Then(learner)</c>.</summary>
    /// <param name="learner">The learner, with valid parameters.</param>
    /// <param name="options">How laws are checked; null for the defaults.</param>
    /// <returns>One result for each law, in the order of <see cref="LawNames"/>.</returns>
    /// <exception cref="ArgumentException"><see cref="LawOptions.Only"/> names no law of learners.</exception>
    public static EquatableArray<LawResult> Check(ILearner learner, LawOptions? options = null)
    {
        var how = options ?? new();
        return Laws.Check(Of(learner, how), how, seed => Tables.Of(learner.Capabilities, seed));
    }

    private static IEnumerable<Law> Of(ILearner learner, LawOptions options) =>
    [
        // First: a fit before it could make a change that a second one does not, such as sorting.
        new(LawNames.RowsUnchanged, one =>
        {
            var before = Fits.Copy(one.Data);
            return Fits.With(learner.Fit(one.Data, one.Seed), model =>
            {
                model.Predict(one.Data.Frame);
                return Finding.Unless(before.SequenceEqual(Fits.Copy(one.Data)), "the rows are others after the fit");
            });
        }),
        new(LawNames.Deterministic, one => Deterministic(learner, one)),
        new(LawNames.Predictions, one => Fits.With(learner.Fit(one.Data, one.Seed), model => model.Predict(one.Data.Frame).Match(
            prediction => Fits.Fault(prediction, one.Data.Target, one.Data.RowCount) is { } fault
                ? Finding.Against($"it {fault}") : Finding.Held,
            failure => Finding.Against($"it cannot predict its training rows: {failure}")))),
        new(LawNames.AbsentClass, one => AbsentClass(learner, one)),
        new(LawNames.UnseenLevels, one => Fits.Unseen(one.Data.Frame) is not { } unseen ? Finding.Nil("there are no categories")
            : Fits.With(learner.Fit(one.Data, one.Seed), model => model.Predict(unseen) is Outcome<Prediction>.Ok { Value: var prediction }
                && Fits.Fault(prediction, one.Data.Target, unseen.RowCount) is { } fault
                    ? Finding.Against($"for unseen categories it {fault}") : Finding.Held)),
        new(LawNames.RowAlone, one => Fits.With(learner.Fit(one.Data, one.Seed), model =>
        {
            var row = EquatableArray.Of(one.Seed.Fork("row").Stream().Next(one.Data.RowCount));
            return (model.Predict(one.Data.Frame), model.Predict(one.Data.Frame.Take(row))) switch
            {
                (Outcome<Prediction>.Ok all, Outcome<Prediction>.Ok alone) => Finding.Unless(all.Value.Take(row).Equals(alone.Value),
                    $"row {row[0] + 1} alone has another prediction than among others"),
                (Outcome<Prediction>.Fail, Outcome<Prediction>.Fail) => Finding.Nil("it predicts no row"),
                _ => Finding.Against($"row {row[0] + 1} can be predicted alone or among others, but not both"),
            };
        })),
        new(LawNames.UnitWeights, one => Finding.Unless(learner.Fit(one.Data.WithFrequencies(null), one.Seed)
            .Equals(learner.Fit(one.Data.WithFrequencies(Fits.Ones(one.Data.RowCount)), one.Seed)), "weights of 1 change the model")),
        new(LawNames.FrequencyWeights, one => FrequencyWeights(learner, options, one)),
        new(LawNames.ImportanceWeights, one => ImportanceWeights(learner, one)),
        new(LawNames.RowOrder, one => options.DealsRows ? Finding.Nil("it deals rows by their place")
            : Agree(learner, one, one.Data.WithTime(null), one.Data.WithTime(null).Take(Fits.Shuffled(one)), "rows in another order")),
        new(LawNames.SavedAndLoaded, one => SavedAndLoaded(learner, options, one)),
        new(LawNames.Capabilities, one => CapabilityLaw.Check(learner, options, one.Seed)),
        new(LawNames.WeightsUsed, _ => CapabilityLaw.WeightsUsed(learner, options), Once: true),
        new(LawNames.SmallTables, one => SmallTables(learner, one)),
        new(LawNames.Parameters, _ => ParameterLaw.Check(learner, options), Once: true),
    ];

    private static Finding Deterministic(ILearner learner, Case one)
    {
        var fitted = learner.Fit(one.Data, one.Seed);
        const string what =
            "equal rows and seed gave two models that are not equal. A model is a record of data, with lists as EquatableArray";
        return !fitted.Equals(learner.Fit(one.Data, one.Seed)) ? Finding.Against(what)
            : Finding.Unless(fitted.Equals(Executor.Threads(2).Fit(learner, one.Data, one.Seed)), $"{what} (on two threads)");
    }

    private static Finding AbsentClass(ILearner learner, Case one)
    {
        if (one.Data.Target is not Target.Classes classes) return Finding.Nil("the target is numeric");
        var more = one.Data.WithTarget(new Target.Classes([.. classes.Levels, "without rows"], classes.Codes));
        return Fits.With(learner.Fit(more, one.Seed), model => model.Predict(more.Frame) switch
        {
            Outcome<Prediction>.Ok { Value: Prediction.Probabilities found } when found.Levels.Count == classes.Levels.Count + 1 =>
                Finding.Unless(Enumerable.Range(0, found.Count).All(row => found.Row(row)[^1] == 0),
                    "a class without rows has a probability above 0"),
            Outcome<Prediction>.Ok => Finding.Against("a class without rows is not among the predicted classes"),
            Outcome<Prediction>.Fail failed => Finding.Against($"it cannot predict its training rows: {failed.Failure}"),
            _ => throw new InvalidOperationException(),
        });
    }

    private static Finding FrequencyWeights(ILearner learner, LawOptions options, Case one)
    {
        if (options.DealsRows) return Finding.Nil("it deals rows by their place");
        if (!learner.Capabilities.Weights) return Finding.Nil("it does not support weights");
        var (times, data) = (Fits.Times(one, least: 0), one.Data.WithFrequencies(null));
        return Agree(learner, one, data.WithFrequencies(EquatableArray.From(times.Select(count => (double)count))),
            data.Take(Fits.Repeated(times)), "frequencies and repeated rows");
    }

    private static Finding ImportanceWeights(ILearner learner, Case one)
    {
        if (!learner.Capabilities.Weights) return Finding.Nil("it does not support weights");
        var weights = one.Data.Weights ?? EquatableArray.From(Enumerable.Range(0, one.Data.RowCount).Select(row => 1.0 + row % 3));
        var data = one.Data.WithWeights(weights);
        foreach (var power in (int[])[-100, 7])
        {
            var scaled = one.Data.WithWeights(EquatableArray.From(weights.Select(weight => Math.ScaleB(weight, power))));
            if (!learner.Fit(data, one.Seed).Equals(learner.Fit(scaled, one.Seed)))
                return Finding.Against($"importance weights times 2^{power} change the model");
        }

        return Finding.Held;
    }

    private static Finding Agree(ILearner learner, Case one, Dataset first, Dataset second, string what)
    {
        return Fits.Agree(Numbers(first), Numbers(second), what);

        Outcome<double[]> Numbers(Dataset data) =>
            learner.Fit(data, one.Seed).Bind(model => model.Predict(one.Data.Frame)).Map(Fits.Numbers);
    }

    private static Finding SavedAndLoaded(ILearner learner, LawOptions options, Case one)
    {
        if (options.Catalogue is null) return Finding.Nil("no catalogue is given that lists the records of the model");
        return Fits.With(learner.Fit(one.Data, one.Seed), model =>
        {
            using var file = new MemoryStream();
            var loaded = from written in ModelFile.Write(file, "model", model, ModelCard.Of(one.Data, "target", 1), options.Catalogue)
                         from read in ModelFile.Read(file, "model", options.Catalogue)
                         select read;
            return loaded.Match(
                again => Finding.Unless(again.Predict(one.Data.Frame).WithoutNotes().Equals(model.Predict(one.Data.Frame).WithoutNotes()),
                    "the loaded model has other predictions"),
                failure => Finding.Against($"it cannot be saved and loaded: {failure}"));
        });
    }

    private static Finding SmallTables(ILearner learner, Case one)
    {
        foreach (var (name, data) in Fits.Small(one.Data))
        {
            if (learner.Fit(data, one.Seed) is not Outcome<Trained>.Ok { Value: var model }) continue;
            if (model.Predict(data.Frame) is Outcome<Prediction>.Ok { Value: var prediction }
                && Fits.Fault(prediction, data.Target, data.RowCount) is { } fault)
                return Finding.Against($"fitted on {name}, it {fault}");
        }

        return Fits.With(learner.Fit(one.Data, one.Seed), model => model.Predict(one.Data.Frame.Take(default)).Match(
            prediction => Finding.Unless(prediction.Count == 0, $"it gives {prediction.Count} predictions of no rows"),
            failure => Finding.Against($"it cannot predict no rows: {failure}")));
    }
}
