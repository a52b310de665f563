namespace FunctionalStack.Learners;

/// <summary>AdaBoost.R2 (Drucker 1997).</summary>
internal static class AdaBoostR2
{
    public static Outcome<IModel> Fit(AdaBoost spec, Dataset data, Target.Numeric target, Seed seed)
    {
        var learner = spec.Learner ?? new DecisionTree(MaxDepth: 3);
        var weights = AdaBoost.Shares(data);
        var (members, counts, notes) = (new List<IModel>(), new List<double>(), new List<Note>());
        for (var round = 0; round < spec.Rounds; round++)
        {
            var drawn = data.WithWeights(null).Take(Draw(weights, seed.Fork(round).Fork("rows")));
            var fitted = (from one in learner.FitModel(drawn, seed.Fork(round))
                          from predicted in one.Predict(data.Frame)
                          select (Model: one, Numbers: ((Prediction.Numeric)predicted).Values)).At(spec.RoundName(round));
            if (fitted is Outcome<(IModel, EquatableArray<double>)>.Fail fail) return new Outcome<IModel>.Fail(fail.Failure);
            var (model, predictions) = fitted.OrThrow();
            notes.AddRange(fitted.Notes);
            var losses = Losses(spec.Loss, target.Values, predictions);
            var (loss, all) = (0.0, 0.0);
            for (var row = 0; row < weights.Length; row++)
            {
                loss += weights[row] * losses[row];
                all += weights[row];
            }

            loss /= all;
            if (loss >= 0.5 && members.Count > 0) break;
            var beta = loss / (1 - loss);
            members.Add(model);
            counts.Add(loss is <= 0 or >= 0.5 ? 1 : spec.Rate * Math.Log(1 / beta));
            if (loss is <= 0 or >= 0.5) break;
            var sum = 0.0;
            for (var row = 0; row < weights.Length; row++) sum += weights[row] *= Math.Pow(beta, (1 - losses[row]) * spec.Rate);
            if (!(sum > 0)) break;
            for (var row = 0; row < weights.Length; row++) weights[row] /= sum;
        }

        return Outcome.Ok<IModel>(new AdaBoostModel(default, default, EquatableArray.From(members), EquatableArray.From(counts), spec.Rule))
            .Noting(EquatableArray.From(notes));
    }

    /// <summary>The weighted median: the smallest prediction at which the cumulative weight reaches one half.</summary>
    public static Outcome<Prediction> Median(AdaBoostModel model, Frame rows) =>
        model.Members.PredictEach(rows).Map(predictions => Median(model, rows.RowCount, predictions));

    private static Prediction Median(AdaBoostModel model, int count, EquatableArray<Prediction> predictions)
    {
        var predicted = predictions.Select(one => ((Prediction.Numeric)one).Values).ToArray();
        var half = 0.5 * model.Weights.Sum();
        var (medians, order, one) = (new double[count], new int[predicted.Length], new double[predicted.Length]);
        for (var row = 0; row < medians.Length; row++)
        {
            for (var m = 0; m < predicted.Length; m++) (one[m], order[m]) = (predicted[m][row], m);

            // By predicted value, then by round. The order of equal values does not matter.
            Array.Sort(one, order);
            var (at, reached) = (0, model.Weights[order[0]]);
            while (reached < half && at < predicted.Length - 1) reached += model.Weights[order[++at]];
            medians[row] = one[at];
        }

        return new Prediction.Numeric(EquatableArray.Own(medians));
    }

    /// <summary>A weighted bootstrap sample of the same size, ascending: a uniform number in [0, sum) per draw, looked up in the cumulative
    /// weights.</summary>
    private static EquatableArray<int> Draw(double[] weights, Seed seed)
    {
        var upTo = new double[weights.Length];
        var sum = 0.0;
        for (var row = 0; row < weights.Length; row++) upTo[row] = sum += weights[row];
        var stream = seed.Stream();
        var drawn = new int[weights.Length];
        for (var i = 0; i < drawn.Length; i++)
        {
            var at = Array.BinarySearch(upTo, stream.NextDouble() * sum);

            // Rows that add nothing to the cumulative sum are never drawn: the number is below the sum of its row.
            at = at < 0 ? ~at : at + 1;
            while (at < drawn.Length - 1 && weights[at] == 0) at++;
            drawn[i] = Math.Min(at, drawn.Length - 1);
        }

        Array.Sort(drawn);
        return EquatableArray.Own(drawn);
    }

    private static double[] Losses(AdaBoostLoss loss, EquatableArray<double> truth, EquatableArray<double> predicted)
    {
        var errors = new double[truth.Count];
        var most = 0.0;
        for (var row = 0; row < errors.Length; row++)
        {
            // Halved, so that the difference of two numbers of opposite sign does not overflow.
            errors[row] = Math.Abs(truth[row] / 2 - predicted[row] / 2);
            most = Math.Max(most, errors[row]);
        }

        for (var row = 0; row < errors.Length && most > 0; row++)
        {
            var share = errors[row] / most;
            errors[row] = loss switch
            {
                AdaBoostLoss.Square => share * share,
                AdaBoostLoss.Exponential => 1 - Math.Exp(-share),
                _ => share,
            };
        }

        return errors;
    }
}
