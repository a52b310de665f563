using System.Diagnostics;

namespace FunctionalStack.Cli.Demos;

/// <summary>A base of the first level, cross-fitted.</summary>
/// <param name="Name">The base.</param>
/// <param name="P">Its column of P: what it said of each training row out of fold.</param>
/// <param name="OutOfFold">The same, as a prediction.</param>
/// <param name="ByModel">What each of the K fold models says of the test rows.</param>
/// <param name="Mean">Its column of p: their mean.</param>
/// <param name="Seconds">Wall clock.</param>
public sealed record FirstLevel(string Name, Frame P, Prediction OutOfFold, EquatableArray<Prediction> ByModel, Frame Mean, double Seconds);

/// <summary>The second level.</summary>
/// <param name="P">Training rows x bases.</param>
/// <param name="Test">p: test rows x bases.</param>
/// <param name="OutOfFold">What the meta learner, cross-fitted on P, said of each training row.</param>
/// <param name="Prediction">What the meta learner, fitted on P, says of p.</param>
/// <param name="Model">That meta learner's model.</param>
public sealed record SecondLevel(Frame P, Frame Test, Prediction OutOfFold, Prediction Prediction, IModel Model);

/// <summary>
/// The two-level recipe step by step, with the stack's own parts and seeds: its prediction is the fitted stack's, bit for
/// bit. Test rows are only ever predicted.
/// </summary>
public static class TwoLevels
{
    /// <summary>Level one, one base: cross-fitted on the training rows, its K fold models predicting the test rows.</summary>
    public static Outcome<FirstLevel> First(IExecutor executor, Stack stack, string name, Dataset train, Frame test, Seed seed, CancellationToken cancellation = default, IProgress<FitProgress>? progress = null)
    {
        var watch = Stopwatch.StartNew();
        var part = stack.Level.Parts.Single(part => part.Name == name);
        return executor.Fit(part.Transform, train, Stack.Seeds(seed).Of(name), progress, cancellation).Bind(fitted =>
        {
            var map = (CrossFitMap)fitted.Map;
            return Outcome.All(map.Models.Select(model => model.Predict(test))).Map(byModel => new FirstLevel(
                name, fitted.TrainView, fitted.OutOfFold[0].Prediction, byModel, map.StackColumns.Columns(name, Prediction.Mean(byModel)), watch.Elapsed.TotalSeconds));
        });
    }

    /// <summary>Level two: the meta learner fitted on all bases' columns.</summary>
    public static Outcome<SecondLevel> Second(IExecutor executor, Stack stack, EquatableArray<FirstLevel> level, Target target, Seed seed, CancellationToken cancellation = default)
    {
        var p = level.Select(one => one.P).Aggregate((left, right) => left.Beside(right));
        var test = level.Select(one => one.Mean).Aggregate((left, right) => left.Beside(right));
        var data = new Dataset(p, target);
        return from crossFitted in executor.Fit(stack.Meta.CrossFit(stack.Name, stack.Plan), data, Stack.Seeds(seed).LevelTwo, null, cancellation)
               from model in executor.Fit(stack.Meta, data, Stack.Seeds(seed).Meta, null, cancellation)
               from predicted in model.Predict(test)
               select new SecondLevel(p, test, crossFitted.OutOfFold[0].Prediction, predicted, model.Model);
    }

    /// <summary>Pearson's correlation of two columns of P.</summary>
    public static double Correlation(Frame p, int left, int right) =>
        Correlation(((Column.Numeric)p.Columns[left].Column).ToArray(), ((Column.Numeric)p.Columns[right].Column).ToArray());

    /// <summary>Pearson's correlation of as many numbers.</summary>
    public static double Correlation(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        double sx = 0, sy = 0;
        for (var i = 0; i < x.Length; i++) (sx, sy) = (sx + x[i], sy + y[i]);
        var (mx, my) = (sx / x.Length, sy / y.Length);
        double xy = 0, xx = 0, yy = 0;
        for (var i = 0; i < x.Length; i++)
        {
            xy += (x[i] - mx) * (y[i] - my);
            xx += (x[i] - mx) * (x[i] - mx);
            yy += (y[i] - my) * (y[i] - my);
        }

        return xy / Math.Sqrt(xx * yy);
    }
}
