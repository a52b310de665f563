using FunctionalStack.Learners;

namespace FunctionalStack.Demos;

/// <summary>
/// A small version of the stack that won Kaggle's Otto competition: many bases of many kinds on several views of the data,
/// three meta-learners on their out-of-fold predictions, and a convex combination of the meta-learners.
/// </summary>
public static class OttoExperiment
{
    /// <summary>The number of generated products if no file is given.</summary>
    public const int GeneratedRows = 2_500;

    /// <summary>The least number of products, so that every fold has rows of every class.</summary>
    public const int LeastRows = 1_000;

    /// <summary>Cross-fits the bases of <paramref name="stack"/> in turn. The mean of each base's fold models predicts the test
    /// rows.</summary>
    /// <param name="bars">Shows the progress of each base.</param>
    /// <param name="executor">Runs the fits.</param>
    /// <param name="role"><c>base</c> or <c>meta</c>.</param>
    /// <param name="stack">The stack whose bases are fitted.</param>
    /// <param name="train">The training rows.</param>
    /// <param name="test">The test rows. No fit uses them.</param>
    /// <param name="seed">The seed of the stack's fit.</param>
    /// <param name="fitted">Called after each base, with its index.</param>
    public static Outcome<OttoLevel> Level(IProgressBars bars, IExecutor executor, string role, Stack stack, Dataset train, Dataset test,
        Seed seed, Action<int, FirstLevel> fitted) =>
        from firsts in Outcome.All(stack.Bases.Select((one, i) => bars.Progress($"{one.Name} ({i + 1} of {stack.Bases.Count})", progress =>
            TwoLevels.First(executor, stack, one.Name, train, test.Frame, seed, bars.Cancellation, progress)).Map(done =>
            {
                fitted(i, done);
                return done;
            })))
        select new OttoLevel(
            role,
            firsts,
            EquatableArray.From(stack.Bases.Select(one => OttoStack.KindOf(one.Learner))),
            firsts.Select(one => one.P).Aggregate((left, right) => left.Beside(right)),
            firsts.Select(one => one.Mean).Aggregate((left, right) => left.Beside(right)));

    /// <summary>Fits the convex combination of the meta-learners, and scores every model.</summary>
    /// <param name="executor">Runs the fits.</param>
    /// <param name="data">The products.</param>
    /// <param name="upper">The stack of meta-learners.</param>
    /// <param name="bases">Level one.</param>
    /// <param name="metas">Level two.</param>
    /// <param name="seed">The seed of the fit of <paramref name="upper"/>.</param>
    /// <param name="cancellation">Stops between two fits.</param>
    public static Outcome<OttoResult> Blend(IExecutor executor, OttoData data, Stack upper, OttoLevel bases, OttoLevel metas, Seed seed,
        CancellationToken cancellation) =>
        TwoLevels.Second(executor, upper, metas.All, data.Train.Target, seed, cancellation).Map(blend => new OttoResult(
            data, bases, metas, OttoModel.Of("blend", "blend", upper.Meta.Name, data, blend.OutOfFold, blend.Prediction, 0),
                Weights(metas, blend)));

    private static EquatableArray<double> Weights(OttoLevel metas, SecondLevel blend) =>
        blend.Model is BlendModel weighted ? EquatableArray.From(metas.All.Select(one => weighted.WeightOf(one.Name))) : default;
}
