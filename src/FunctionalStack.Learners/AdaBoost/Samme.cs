namespace FunctionalStack.Learners;

/// <summary>SAMME and SAMME.R (Zhu et al. 2009), in scikit-learn's order of operations.</summary>
internal static class Samme
{
    /// <summary>The lower bound of relative row weights, and of probabilities before the logarithm is taken.</summary>
    private const double Least = ClassMetrics.LeastProbability;

    public static Outcome<IModel> Fit(AdaBoost spec, Dataset data, Target.Classes target, Seed seed)
    {
        var present = target.Present().ToArray();
        return Fitter(spec.Learner ?? new DecisionTree(MaxDepth: 1), data).At(spec.Name).Bind(fit =>
        {
            var weights = AdaBoost.Shares(data);
            var (members, counts, notes) = (new List<IModel>(), new List<double>(), new List<Note>());
            for (var round = 0; round < spec.Rounds; round++)
            {
                for (var row = 0; row < weights.Length; row++) weights[row] = Math.Max(weights[row], Least);
                var fitted = fit(weights, seed.Fork(round)).At(spec.RoundName(round));
                if (fitted is not Outcome<(IModel Model, Prediction Predicted)>.Ok { Value: var (model, prediction) })
                    return new Outcome<IModel>.Fail(((Outcome<(IModel, Prediction)>.Fail)fitted).Failure);
                notes.AddRange(fitted.Notes);
                var predicted = (Prediction.Probabilities)prediction;
                var codes = predicted.Codes();
                var error = Error(weights, codes, target.Codes);
                if (spec.Rule == AdaBoostRule.Samme && error >= 1 - 1.0 / present.Length && members.Count > 0) break;
                var counted = error <= 0 || spec.Rule == AdaBoostRule.SammeR || error >= 1 - 1.0 / present.Length
                    ? 1
                    : spec.Rate * (Math.Log((1 - error) / error) + Math.Log(present.Length - 1));
                members.Add(model);
                counts.Add(counted);
                if (error <= 0 || (spec.Rule == AdaBoostRule.Samme && error >= 1 - 1.0 / present.Length)) break;
                Reweight(weights, spec, present, predicted, codes, target.Codes, counted);
                var sum = weights.Sum();
                if (!double.IsFinite(sum) || sum <= 0) break;
                for (var row = 0; row < weights.Length; row++) weights[row] /= sum;
            }

            return Outcome.Ok<IModel>(new AdaBoostModel(target.Levels, EquatableArray.Own(present), EquatableArray.From(members),
                EquatableArray.From(counts), spec.Rule)).Noting(EquatableArray.From(notes));
        });
    }

    /// <summary>Zhu et al. 2009, algorithm 2 step 3 or algorithm 4 step 2 (c), followed by the softmax of equation 6's solution, over the
    /// classes present.</summary>
    public static Outcome<Prediction> Probabilities(AdaBoostModel model, Frame rows) =>
        model.Members.PredictEach(rows).Map(predictions => Probabilities(model, rows.RowCount, predictions));

    private static Prediction Probabilities(AdaBoostModel model, int count, EquatableArray<Prediction> predictions)
    {
        var (width, classes) = (model.Levels.Count, model.Present.Count);
        var scores = new double[count * width];
        var place = new int[width];
        for (var c = 0; c < classes; c++) place[model.Present[c]] = c;
        var decision = new double[count * classes];
        for (var m = 0; m < model.Members.Count; m++)
        {
            var predicted = ((Prediction.Probabilities)predictions[m]).For(model.Levels);
            var codes = predicted.Codes();
            for (var row = 0; row < count; row++)
            {
                var score = decision.AsSpan(row * classes, classes);
                if (model.Rule == AdaBoostRule.Samme) score[place[codes[row]]] += model.Weights[m];
                else AddLogarithms(score, predicted.Row(row), model.Present);
            }
        }

        var all = model.Weights.Sum() * Math.Max(classes - 1, 1);
        for (var row = 0; row < count; row++)
        {
            var score = decision.AsSpan(row * classes, classes);
            var (highest, sum) = (double.NegativeInfinity, 0.0);
            foreach (ref var one in score) highest = Math.Max(highest, one /= all);
            foreach (ref var one in score) sum += one = Math.Exp(one - highest);
            for (var c = 0; c < classes; c++) scores[row * width + model.Present[c]] = score[c] / sum;
        }

        return new Prediction.Probabilities(model.Levels, EquatableArray.Own(scores));
    }

    private static void AddLogarithms(Span<double> score, ReadOnlySpan<double> predicted, EquatableArray<int> present)
    {
        var mean = 0.0;
        for (var c = 0; c < score.Length; c++) mean += Math.Log(Math.Max(predicted[present[c]], Least));
        mean /= score.Length;
        for (var c = 0; c < score.Length; c++) score[c] += (score.Length - 1) * (Math.Log(Math.Max(predicted[present[c]], Least)) - mean);
    }

    private static double Error(double[] weights, EquatableArray<int> predicted, EquatableArray<int> truth)
    {
        var (wrong, all) = (0.0, 0.0);
        for (var row = 0; row < weights.Length; row++)
        {
            all += weights[row];
            if (predicted[row] != truth[row]) wrong += weights[row];
        }

        return wrong / all;
    }

    private static void Reweight(double[] weights, AdaBoost spec, int[] present, Prediction.Probabilities predicted,
        EquatableArray<int> codes, EquatableArray<int> truth, double counted)
    {
        var others = -1.0 / (present.Length - 1);
        for (var row = 0; row < weights.Length; row++)
        {
            if (spec.Rule == AdaBoostRule.Samme)
            {
                if (codes[row] != truth[row]) weights[row] *= Math.Exp(counted);
                continue;
            }

            var probabilities = predicted.Row(row);
            var sum = 0.0;
            foreach (var level in present) sum += (level == truth[row] ? 1 : others) * Math.Log(Math.Max(probabilities[level], Least));
            weights[row] *= Math.Exp(-spec.Rate * ((present.Length - 1.0) / present.Length) * sum);
        }
    }

    /// <summary>
    /// Fits a round with its weights. For a tree, columns are ranked once for all rounds. The fitted tree is the same.
    /// </summary>
    private static Outcome<Func<double[], Seed, Outcome<(IModel, Prediction)>>> Fitter(ILearner learner, Dataset data)
    {
        if (learner is not DecisionTree tree)
        {
            return Outcome.Ok<Func<double[], Seed, Outcome<(IModel, Prediction)>>>((weights, seed) =>
                from model in learner.FitModel(data.WithWeights(EquatableArray.Copy<double>(weights)), seed)
                from predicted in model.Predict(data.Frame)
                select (model, predicted));
        }

        return from ready in tree.Prepare(data.WithWeights(null))
               from cells in FeatureMatrix.Of(data.Frame)
               select new Func<double[], Seed, Outcome<(IModel, Prediction)>>((weights, seed) =>
               {
                   var model = DecisionTree.Grow(ready.Reweighted(Frequencies(weights).ToArray()), seed);
                   return Outcome.Ok<(IModel, Prediction)>((model, Trees.Predict(cells, model.Levels, EquatableArray.Of(model.Tree))));
               });
    }

    // Weights that sum to 1 would be treated as almost no rows.
    private static EquatableArray<double> Frequencies(double[] shares) =>
        RowWeights.Frequencies(EquatableArray.Copy<double>(shares), WeightKind.Importance);
}
