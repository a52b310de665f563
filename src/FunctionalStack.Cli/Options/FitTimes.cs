using System.Collections.Concurrent;
using System.Diagnostics;
using FunctionalStack.Reporting.Parts;

namespace FunctionalStack.Cli.Options;

/// <summary>Measures the fits of a run for its report. It changes no result. Fits that a journal finds, or that other machines make, are
/// not measured.</summary>
internal sealed class FitTimes
{
    private readonly ConcurrentBag<Measured> all = [];

    private sealed record Measured(string Place, double Seconds, long Bytes);

    /// <summary>The same executor, measured.</summary>
    public IExecutor Around(IExecutor executor) => new Measuring(executor, new Measure(Leaves.Here, all));

    /// <summary>The cost of each model of an evaluation, by its name.</summary>
    /// <param name="models">The bases in order, followed by the evaluated learner.</param>
    /// <param name="folds">The number of outer folds.</param>
    /// <param name="refits">Whether the fit of a base on all rows is a part of the stack.</param>
    /// <returns>Null if no fit was measured.</returns>
    public IReadOnlyDictionary<string, FitCost>? OfEvaluation(EquatableArray<ScoredModel> models, int folds, bool refits)
    {
        var outer = Enumerable.Range(1, folds).Select(fold => $"outer fold {fold} of {folds}: ").SelectMany(prefix => all
            .Where(one => one.Place.StartsWith(prefix, StringComparison.Ordinal))
            .Select(one => (Outer: prefix, Fit: one with { Place = one.Place[prefix.Length..] }))).ToArray();
        return Costs(outer, models, refits);
    }

    /// <summary>The cost of each model of a fit, by its name.</summary>
    /// <param name="models">The bases in order, followed by the stack.</param>
    /// <returns>Null if no fit was measured.</returns>
    public IReadOnlyDictionary<string, FitCost>? OfFit(EquatableArray<ScoredModel> models) =>
        Costs([.. all.Select(one => ("", one))], models, refits: true);

    private static Dictionary<string, FitCost>? Costs((string Outer, Measured Fit)[] fits, EquatableArray<ScoredModel> models, bool refits)
    {
        if (fits.Length == 0 || models.Count == 0) return null;
        var costs = new Dictionary<string, FitCost>();
        // The longest name, since one can begin with another. The stack is the last: its own fits are those of no base.
        var names = models.SkipLast(1).Select(one => one.Name).OrderByDescending(name => name.Length).ToArray();
        var placed = fits.Select(one => (one.Outer, one.Fit, Base: names.FirstOrDefault(name => PartOf(one.Fit.Place, name) is not null)))
            .ToArray();
        foreach (var own in placed.Where(one => one.Base is not null).GroupBy(one => one.Base!))
        {
            // The parts of one fit have the same outer and inner fold.
            var each = own.GroupBy(one => (one.Outer, PartOf(one.Fit.Place, own.Key)));
            costs[own.Key] = new(each.Average(fit => fit.Sum(part => part.Fit.Seconds)), own.Max(part => part.Fit.Bytes));
        }

        var whole = placed.Where(one => refits || one.Base is null || PartOf(one.Fit.Place, one.Base) != "").ToArray();
        if (whole.Length > 0)
        {
            costs[models[^1].Name] = new(whole.GroupBy(one => one.Outer).Average(fit => fit.Sum(part => part.Fit.Seconds)),
                whole.Max(part => part.Fit.Bytes));
        }

        return costs;
    }

    // "forest: randomForest" is a part of the fit on all rows, "forest, fold 2 of 5: randomForest" one of an inner fold.
    private static string? PartOf(string place, string name) => !place.StartsWith(name, StringComparison.Ordinal) ? null
        : place[name.Length..] switch
        {
            [':', ' ', ..] => "",
            var rest when (rest.StartsWith(", fold ", StringComparison.Ordinal) || rest.StartsWith(", refit", StringComparison.Ordinal))
                && rest.IndexOf(": ", StringComparison.Ordinal) is var end and > 0 => rest[..end],
            _ => null,
        };

    private sealed class Measuring(IExecutor executor, Measure leaves) : IExecutor
    {
        public Budget Budget => executor.Budget;

        public void Run(FitGraph graph, IProgress<FitProgress>? progress, CancellationToken cancellation)
        {
            graph.Leaves = graph.Leaves.At(leaves);
            executor.Run(graph, progress, cancellation);
        }
    }

    private sealed class Measure(ILeaves leaves, ConcurrentBag<Measured> all) : ILeaves
    {
        public Outcome<IModel> Fit(Leaf leaf, WorkSharing work)
        {
            var watch = Stopwatch.StartNew();
            var made = leaves.Fit(leaf, work);
            all.Add(new(leaf.Place, watch.Elapsed.TotalSeconds, leaf.Memory));
            return made;
        }

        public Outcome<Prediction> Predict(ILearner learner, LeafRows rows, Seed seed, IModel model, LeafRows held) =>
            leaves.Predict(learner, rows, seed, model, held);

        public ILeaves At(ILeaves place) => place;
    }
}
