namespace FunctionalStack;

/// <summary>One candidate of a search.</summary>
/// <param name="Number">Its place in the search, from 0.</param>
/// <param name="Name">Its name in reports.</param>
/// <param name="Point">Its settings.</param>
/// <param name="Learner">The learner.</param>
internal sealed record Candidate(int Number, string Name, EquatableArray<Setting> Point, ILearner Learner);

/// <summary>
/// The rounds of a search, as fits of a graph. The first round belongs to the graph of the whole composition. Who takes part in each later
/// one, and what is fitted on all rows, is decided by the scores, so these fits are expanded when the scores are known.
/// </summary>
/// <param name="name">The name of the search.</param>
/// <param name="seed">Its seed.</param>
/// <param name="folds">The inner folds.</param>
/// <param name="halving">The rounds.</param>
/// <param name="candidates">All candidates.</param>
internal sealed class Rounds(string name, Seed seed, EquatableArray<Fold> folds, Halving halving, EquatableArray<Candidate> candidates)
{
    /// <summary>The best candidate, fitted on all rows, with the path of the search.</summary>
    public Deferred<Trained> From(FitRows rows) => Round(rows, candidates, 0, default);

    private Deferred<Trained> Round(FitRows rows, EquatableArray<Candidate> entrants, int round, EquatableArray<Trial> before)
    {
        var trains = folds.Select((fold, k) =>
            halving.Sample(fold.Train, rows.Roles, round, seed.Fork("rows").Fork(round).Fork(k))).ToArray();
        var trials = entrants.Select(one => Trial(rows, one, round, trains)).ToArray();
        return rows.Later(name, trials, again =>
            from tried in Outcome.All(trials.Select(trial => trial.Outcome))
            let known = Known(before, entrants, tried)
            from ranked in Ranked(entrants, tried)
            select round < halving.Rounds - 1
                ? Round(again, EquatableArray.From(ranked.Take(Halving.Kept(entrants.Count)).OrderBy(one => one.Number)), round + 1, known)
                : Final(again, ranked[0], known));
    }

    // A trial may fail or be skipped. Its joins are cheap, and free its predictions.
    private Deferred<Trial> Trial(FitRows rows, Candidate one, int round, EquatableArray<int>[] trains)
    {
        var optional = round == 0 ? rows.Unscored.Optional($"trial {one.Number + 1}", one.Number == 0) : rows.Unscored;
        var own = optional.Tolerant;
        var predictions = folds.Select((fold, k) => own.Take(trains[k])
            .Fit(one.Learner, seed.Fork("fold").Fork(k), $"trial {one.Number + 1}, fold {k + 1} of {folds.Count}")
            .Predict(own.Take(fold.Holdout))).ToArray();
        var metric = Metric.Leading(rows.Roles.Target);
        var trained = (int)trains.Average(train => train.Count);
        return own.Join(predictions, () => Outcome.Ok(Outcome.All(predictions.Select(one => one.Outcome)).Match(
            predicted => Scored(new Score(metric.Name, EquatableArray.From(folds.Select((fold, k) =>
            {
                var held = rows.Roles.Take(fold.Holdout);
                return metric.Score(held.Target, predicted[k], held.Weights);
            })))),
            failure => new Trial(one.Name, one.Point, new(metric.Name, default), trained, round)
            {
                Failure = failure,
                IsSkipped = own.IsSkipped,
            })));

        Trial Scored(Score score) => new(one.Name, one.Point, score, trained, round)
        {
            Failure = double.IsFinite(score.Mean) ? null : new(one.Name, $"the {metric.Name} is {score.Mean}", "Narrow the space."),
        };
    }

    private Outcome<EquatableArray<Candidate>> Ranked(EquatableArray<Candidate> entrants, EquatableArray<Trial> tried) =>
        tried.All(trial => trial.Failure is not null)
            ? new Outcome<EquatableArray<Candidate>>.Fail(tried[0].Failure!.At(name))
            : Outcome.Ok(EquatableArray.From(entrants.Zip(tried).Where(pair => pair.Second.Failure is null)
                .OrderBy(pair => pair.Second.Score.Mean).Select(pair => pair.First)));

    // One trial for each candidate: that of its last round.
    private EquatableArray<Trial> Known(EquatableArray<Trial> before, EquatableArray<Candidate> entrants, EquatableArray<Trial> tried)
    {
        var all = before.Count == 0 ? new Trial[candidates.Count] : before.ToArray();
        for (var i = 0; i < entrants.Count; i++) all[entrants[i].Number] = tried[i];
        return EquatableArray.Own(all);
    }

    private Deferred<Trained> Final(FitRows rows, Candidate best, EquatableArray<Trial> all) =>
        rows.Fit(best.Learner, seed).Trained.Through(outcome => outcome
            .Map(trained => trained with
            {
                Searches = [new SearchResult(name, Metric.Leading(rows.Roles.Target).Name, all, best.Number), .. trained.Searches],
            })
            .Noting(Notes(all)));

    private EquatableArray<Note> Notes(EquatableArray<Trial> all)
    {
        var skipped = all.Count(trial => trial.IsSkipped);
        return
        [
            .. all.Where(trial => trial is { Failure: not null, IsSkipped: false })
                .Select(trial => trial.Failure!.LeftOut.At(trial.Name).At(name)),
            .. skipped == 0 ? [] : new Note[]
            {
                new(name, $"the time budget left out {skipped} of {all.Count} trials, so the choice depends on the time they took"),
            },
        ];
    }
}
