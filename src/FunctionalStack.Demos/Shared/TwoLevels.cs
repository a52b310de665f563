using System.Diagnostics;

namespace FunctionalStack.Demos;

/// <summary>A cross-fitted base of level one.</summary>
/// <param name="Name">The name of the base.</param>
/// <param name="P">Its columns of P: the out-of-fold predictions of the training rows.</param>
/// <param name="OutOfFold">The same as a prediction.</param>
/// <param name="ByModel">The predictions of the test rows by each of the K fold models.</param>
/// <param name="Mean">Its columns of p: the mean over the fold models.</param>
/// <param name="Seconds">Wall-clock time in seconds.</param>
public sealed record FirstLevel(string Name, Frame P, Prediction OutOfFold, EquatableArray<Prediction> ByModel, Frame Mean, double Seconds);

/// <summary>The fitted level two.</summary>
/// <param name="P">The out-of-fold predictions of the bases: training rows x columns.</param>
/// <param name="Test">p, the test predictions of the bases: test rows x columns.</param>
/// <param name="OutOfFold">The out-of-fold predictions of the meta-learner, cross-fitted on P.</param>
/// <param name="Prediction">The test predictions of the meta-learner, fitted on P and applied to p.</param>
/// <param name="Model">The fitted meta-learner.</param>
public sealed record SecondLevel(Frame P, Frame Test, Prediction OutOfFold, Prediction Prediction, IModel Model);

/// <summary>
/// Two-level stacking step by step, with the parts and the seeds of the stack. The predictions equal those of the fitted
/// stack, bit for bit. No fit uses the test rows.
/// </summary>
public static class TwoLevels
{
    /// <summary>Level one: cross-fits one base on the training rows. Its K fold models predict the test rows.</summary>
    public static Outcome<FirstLevel> First(IExecutor executor, Stack stack, string name, Dataset train, Frame test, Seed seed,
        CancellationToken cancellation = default, IProgress<FitProgress>? progress = null)
    {
        var watch = Stopwatch.StartNew();
        var part = stack.Level.Parts.Single(part => part.Name == name);
        return executor.Fit(part.Transform, train, Stack.Seeds(seed).Of(name), progress, cancellation).Bind(fitted =>
        {
            var map = (CrossFitMap)fitted.Map;
            return Outcome.All(map.Models.Select(model => model.Predict(test))).Map(byModel => new FirstLevel(
                name, fitted.TrainView, fitted.OutOfFold[0].Prediction, byModel, map.StackColumns.Columns(name, Prediction.Mean(byModel)),
                    watch.Elapsed.TotalSeconds));
        });
    }

    /// <summary>Level two: fits the meta-learner on the columns of all bases.</summary>
    public static Outcome<SecondLevel> Second(IExecutor executor, Stack stack, EquatableArray<FirstLevel> level, Target target, Seed seed,
        CancellationToken cancellation = default)
    {
        var p = level.Select(one => one.P).Aggregate((left, right) => left.Beside(right));
        var test = level.Select(one => one.Mean).Aggregate((left, right) => left.Beside(right));
        var data = new Dataset(p, target);
        return from crossFitted in executor.Fit(stack.Meta.CrossFit(stack.Name, stack.Plan), data, Stack.Seeds(seed).LevelTwo, null,
            cancellation)
               from model in executor.Fit(stack.Meta, data, Stack.Seeds(seed).Meta, null, cancellation)
               from predicted in model.Predict(test)
               select new SecondLevel(p, test, crossFitted.OutOfFold[0].Prediction, predicted, model.Model);
    }

    /// <summary>The Pearson correlation of two columns of P.</summary>
    public static double Correlation(Frame p, int left, int right) =>
        Correlation(((Column.Numeric)p.Columns[left].Column).ToArray(), ((Column.Numeric)p.Columns[right].Column).ToArray());

    /// <summary>The Pearson correlation of two vectors of equal length.</summary>
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
