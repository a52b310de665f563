namespace FunctionalStack.Laws;

/// <summary>
/// What compositions mean, fit after fit, as one would write it by hand: the specification that law 5 holds every executor
/// to. Of the library it uses the specs, the folds of plans, the leaves and how a prediction becomes columns; rows, models and notes
/// are put together here.
/// </summary>
public static partial class Reference
{
    /// <summary>A fitted transform: its train view, which training rows that has, and its map.</summary>
    private sealed record View(Frame Train, int[] Rows, IMap Map);

    public static Outcome<IModel> Fit(ILearner learner, Dataset data, Seed seed) => learner switch
    {
        Stack stack => Pipeline(Level(stack, seed), stack.Meta, data, seed),
        Pipeline pipeline => Pipeline(pipeline.Transform, pipeline.Learner, data, seed),
        Tuned tuned => Best(tuned, data, seed),
        Conformal conformal => Bounded(conformal, data, seed),
        Thresholded thresholded => Decided(thresholded, data, seed),
        IParallelLearner parallel => parallel.FitLeaf(data, seed, WorkSharing.None),
        ILeafLearner leaf => leaf.FitLeaf(data, seed),
        _ => throw new NotSupportedException($"{learner.GetType()}"),
    };

    public static Outcome<Fitted> Fit(ITransform transform, Dataset data, Seed seed) =>
        Transform(transform, data, seed).Map(view => new Fitted(view.Train, view.Map));

    private static Union Level(Stack stack, Seed seed)
    {
        var plan = stack.Plan.Seeded(seed.Fork("folds"));
        var parts =
            stack.Bases.Select(b =>
                new Part(b.Name, new CrossFit(b.Name, b.Learner, plan, stack.Combine, stack.StackColumns ?? new StackColumns())));
        return new(EquatableArray.From(stack.Passthrough is null ? parts : parts.Append(new Part("passthrough", stack.Passthrough))),
            stack.OnFailure);
    }

    private static Outcome<IModel> Pipeline(ITransform transform, ILearner learner, Dataset data, Seed seed) =>
        from view in Transform(transform, data, seed.Fork("transform"))
        from model in Fit(learner, new(view.Train, data.Roles.Take(EquatableArray.Own(view.Rows))), seed.Fork("learner"))
        select (IModel)new PipelineModel(view.Map, model);

    // The first of the candidates with the lowest mean score over the folds, fitted on all rows.
    private static Outcome<IModel> Best(Tuned tuned, Dataset data, Seed seed)
    {
        var split = (tuned.Folds ?? new FoldPlan.Usual()).Seeded(seed.Fork("folds")).Split(data.Roles).At(tuned.Name);
        if (split is not Outcome<EquatableArray<Fold>>.Ok { Value: var folds }) return split.Map(_ => (IModel)null!);
        var (best, least, failures) = ((ILearner?)null, double.PositiveInfinity, new List<(string Name, Failure Failure)>());
        var metric = data.Target is Target.Classes ? Metric.LogLoss : Metric.Rmse;
        for (var i = 0; i < tuned.Candidates.Count; i++)
        {
            var (name, learner) = tuned.Candidates[i];
            var (sum, count, failure) = (0.0, 0, (Failure?)null);
            for (var k = 0; k < folds.Count; k++)
            {
                var place = $"trial {i + 1}, fold {k + 1} of {folds.Count}";
                var held = data.Take(folds[k].Holdout);
                var score = from model in Fit(learner, data.Take(folds[k].Train), seed.Fork("fold").Fork(k)).At(place)
                            from prediction in model.Predict(held.Frame).At(place)
                            select metric.Score(held.Target, prediction, held.Weights);
                if (score is Outcome<double>.Fail fail) failure ??= fail.Failure;
                else if (score.OrThrow() is var number && !double.IsNaN(number)) (sum, count) = (sum + number, count + 1);
            }

            var mean = count == 0 ? double.NaN : sum / count;
            if (failure is null && !double.IsFinite(mean)) failure = new(name, $"the {metric.Name} is {mean}", "Narrow the space.");
            if (failure is not null) failures.Add((name, failure));
            else if (mean < least) (best, least) = (learner, mean);
        }

        if (best is null) return new Outcome<IModel>.Fail(failures[0].Failure.At(tuned.Name));
        return Fit(best, data, seed).Noting([.. failures.Select(one =>
            new Note(one.Failure.Where, $"left out: {one.Failure.What}. {one.Failure.Remedy}").At(one.Name).At(tuned.Name))]);
    }

    private static Outcome<View> Transform(ITransform transform, Dataset data, Seed seed)
    {
        switch (transform)
        {
            case Chain chain:
                return from first in Transform(chain.First, data, seed.Fork("first"))
                       from second in Transform(chain.Second, new(first.Train, data.Roles.Take(EquatableArray.Own(first.Rows))),
                           seed.Fork("second"))
                       select new View(second.Train, [.. second.Rows.Select(at => first.Rows[at])], new ChainMap(first.Map, second.Map));
            case Union union: return Beside(union, data, seed);
            case CrossFit crossFit: return OutOfFold(crossFit, data, seed);
            case ILeafTransform leaf:
                return leaf.FitLeaf(data, seed)
                .Map(fitted => new View(fitted.TrainView, [.. Enumerable.Range(0, data.RowCount)], fitted.Map));
            default: throw new NotSupportedException($"{transform.GetType()}");
        }
    }

    private static Outcome<View> OutOfFold(CrossFit spec, Dataset data, Seed seed)
    {
        if (spec.Plan.Seeded(seed.Fork("folds")).Split(data.Roles)
            .At(spec.Name) is not Outcome<EquatableArray<Fold>>.Ok { Value: var folds } split)
        {
            return spec.Plan.Seeded(seed.Fork("folds")).Split(data.Roles).At(spec.Name).Map(_ => (View)null!);
        }

        var (notes, models) = (new List<Note>(), new List<IModel>());
        var sums = new double[data.RowCount][];
        var times = new int[data.RowCount];
        var thresholds = new List<double?>();
        Prediction? like = null;
        for (var i = 0; i < folds.Count; i++)
        {
            var place = $"{spec.Name}, fold {i + 1} of {folds.Count}";
            var made = from model in Fit(spec.Learner, data.Take(folds[i].Train), seed.Fork("fold").Fork(i)).At(place)
                       from prediction in model.Predict(data.Frame.Take(folds[i].Holdout)).At(place)
                       select (model, prediction);
            if (made is Outcome<(IModel, Prediction)>.Fail fail) return new Outcome<View>.Fail(fail.Failure);
            var (fitted, predicted) = made.OrThrow();
            notes.AddRange(made.Notes);
            models.Add(fitted);
            thresholds.Add((predicted as Prediction.Probabilities)?.Threshold);
            like ??= predicted;
            var numbers =
                Hand.Numbers(like is Prediction.Probabilities p ? ((Prediction.Probabilities)predicted).For(p.Levels) : predicted);
            var width = numbers.Length / Math.Max(1, folds[i].Holdout.Count);
            for (var h = 0; h < folds[i].Holdout.Count; h++)
            {
                var row = folds[i].Holdout[h];
                sums[row] ??= new double[width];
                times[row]++;
                for (var c = 0; c < width; c++) sums[row][c] += numbers[h * width + c];
            }
        }

        if (spec.Combine == Combine.Refit)
        {
            var refit = Fit(spec.Learner, data, seed.Fork("refit")).At($"{spec.Name}, refit");
            if (refit is Outcome<IModel>.Fail fail) return new Outcome<View>.Fail(fail.Failure);
            notes.AddRange(refit.Notes);
            models = [refit.OrThrow()];
        }

        var rows = Enumerable.Range(0, data.RowCount).Where(row => times[row] > 0).ToArray();
        var matrix = EquatableArray.From(rows.SelectMany(row => sums[row].Select(sum => times[row] > 1 ? sum / times[row] : sum)));
        Prediction outOfFold = like is Prediction.Probabilities known
            ? thresholds.Distinct().ToArray() is [{ } threshold]
                ? new Prediction.Probabilities(known.Levels, matrix, threshold, known.Positive)
                : new Prediction.Probabilities(known.Levels, matrix)
            : new Prediction.Numeric(matrix);
        return new Outcome<View>.Ok(
            new(spec.StackColumns.Columns(spec.Name, outOfFold), rows,
                new CrossFitMap(spec.Name, EquatableArray.From(models), spec.StackColumns)),
            [.. notes, .. Absent(spec.Name, data, folds)]);
    }

    private static IEnumerable<Note> Absent(string name, Dataset data, EquatableArray<Fold> folds)
    {
        if (data.Target is not Target.Classes classes) yield break;
        for (var i = 0; i < folds.Count; i++)
        {
            var absent = new List<string>();
            for (var code = 0; code < classes.Levels.Count; code++)
            {
                bool Weighs(int row) => classes.Codes[row] == code && (data.Weights is not { } weights || weights[row] > 0);
                if (Enumerable.Range(0, data.RowCount).Any(Weighs) && !folds[i].Train.Any(Weighs)) absent.Add($"'{classes.Levels[code]}'");
            }

            if (absent.Count == 0) continue;
            yield return new($"{name}, fold {i + 1} of {folds.Count}", absent.Count == 1
                ? $"no training row has class {absent[0]}, so it gets probability 0 there"
                : $"no training row has the {absent.Count} classes {string.Join(", ", absent)}, so they get probability 0 there");
        }
    }

    private static HashSet<int> Covered(ITransform transform, Roles roles)
    {
        var all = Enumerable.Range(0, roles.Count);
        switch (transform)
        {
            case CrossFit crossFit:
                return crossFit.Plan.Split(roles)
                .Match(folds => [.. folds.SelectMany(fold => fold.Holdout)], _ => all.ToHashSet());
            case Union union: return [.. all.Where(row => union.Parts.All(part => Covered(part.Transform, roles).Contains(row)))];
            case Chain chain:
                var first = Covered(chain.First, roles).Order().ToArray();
                return [.. Covered(chain.Second, roles.Take(EquatableArray.From(first))).Select(at => first[at])];
            default: return [.. all];
        }
    }

    private static Outcome<View> Beside(Union union, Dataset data, Seed seed)
    {
        var (views, notes, left) = (new List<View>(), new List<Note>(), new List<Failure>());
        foreach (var part in union.Parts)
        {
            switch (Transform(part.Transform, data, seed.Fork(part.Name)))
            {
                case Outcome<View>.Ok ok:
                    views.Add(ok.Value);
                    notes.AddRange(ok.Notes);
                    break;
                case Outcome<View>.Fail fail when union.OnFailure == OnFailure.Stop: return fail;
                case Outcome<View>.Fail fail:
                    left.Add(fail.Failure);
                    break;
            }
        }

        if (views.Count == 0 && left.Count > 0) return new Outcome<View>.Fail(left[0]);
        // A part that is left out still decides which rows there are, as far as its folds do.
        var rows = Enumerable.Range(0, data.RowCount).Where(Covered(union, data.Roles).Contains).ToArray();
        var columns =
            views.SelectMany(view => view.Train.Take(EquatableArray.From(rows.Select(row => Array.IndexOf(view.Rows, row)))).Columns)
                .ToArray();
        if (columns.GroupBy(column => column.Name).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            return Outcome.Fail<View>($"column '{twice.Key}'", "is made by two parts of a union", "Give the parts different names.");
        }

        return new Outcome<View>.Ok(
            new(new(rows.Length, EquatableArray.Own(columns)), rows, new UnionMap(EquatableArray.From(views.Select(view => view.Map)))),
            [.. notes, .. left.Select(failure => new Note(failure.Where, $"left out: {failure.What}. {failure.Remedy}"))]);
    }
}
