namespace FunctionalStack.Laws;

/// <summary>Stacking written out with loops: what the compositions must come to.</summary>
public static class Hand
{
    /// <summary>The model of each fold and, for <see cref="Combine.Refit"/>, the one of all rows; or the first failure.</summary>
    public static Outcome<(List<IModel> Folds, IModel? Refit)> Models(ILearner learner, EquatableArray<Fold> folds, Combine combine,
        Dataset data, Seed seed)
    {
        var models = new List<IModel>();
        for (var i = 0; i < folds.Count; i++)
        {
            switch (learner.FitModel(data.Take(folds[i].Train), seed.Fork("fold").Fork(i)))
            {
                case Outcome<IModel>.Fail fail: return new Outcome<(List<IModel>, IModel?)>.Fail(fail.Failure);
                case Outcome<IModel>.Ok ok: models.Add(ok.Value); break;
            }
        }

        return combine == Combine.Average
            ? Outcome.Ok((models, (IModel?)null))
            : learner.FitModel(data, seed.Fork("refit")).Map(refit => (models, (IModel?)refit));
    }

    /// <summary>For each covered row, ascending: the mean of the predictions by the folds that hold it out, one row at a time.</summary>
    public static List<(int Row, double[] Numbers)> OutOfFold(List<IModel> models, EquatableArray<Fold> folds, Frame frame)
    {
        var rows = new List<(int, double[])>();
        for (var row = 0; row < frame.RowCount; row++)
        {
            double[]? sum = null;
            var times = 0;
            for (var i = 0; i < folds.Count; i++)
            {
                if (!folds[i].Holdout.Contains(row)) continue;
                var numbers = Numbers(models[i].Predict(frame.Take([row])).OrThrow());
                sum = sum is null ? numbers : [.. sum.Zip(numbers, (a, b) => a + b)];
                times++;
            }

            if (sum is not null) rows.Add((row, [.. sum.Select(x => x / times)]));
        }

        return rows;
    }

    /// <summary>The mean of the models' numbers for every row, summed in the order of the models.</summary>
    public static double[] Mean(IReadOnlyList<IModel> models, Frame frame)
    {
        var sum = Numbers(models[0].Predict(frame).OrThrow());
        foreach (var model in models.Skip(1)) sum = [.. sum.Zip(Numbers(model.Predict(frame).OrThrow()), (a, b) => a + b)];
        return [.. sum.Select(x => x / models.Count)];
    }

    /// <summary>A prediction's numbers, row by row.</summary>
    public static double[] Numbers(Prediction prediction) => prediction switch
    {
        Prediction.Probabilities p => p.Matrix.ToArray(),
        Prediction.Numeric e => e.Values.ToArray(),
        _ => throw new InvalidOperationException(),
    };

    /// <summary>Numeric columns' numbers, row by row.</summary>
    public static double[] Numbers(Frame frame) =>
        [.. Enumerable.Range(0, frame.RowCount).SelectMany(row => frame.Columns.Select(column => ((Column.Numeric)column.Column)[row]))];
}
