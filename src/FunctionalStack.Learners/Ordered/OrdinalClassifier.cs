namespace FunctionalStack.Learners;

/// <summary>
/// Classes with an order, by any learner of two classes (Frank and Hall, A simple approach to ordinal classification, ECML 2001): for
/// classes c1 &lt; ... &lt; cK, K - 1 models of the probability that a row is above c1, ..., above c(K-1). The probability of a class is
/// the difference of two neighbouring ones. The order is that of the target's levels (<see cref="Target.Classes.Levels"/>).
/// </summary>
/// <remarks>
/// <para>The models are fitted apart, so that a row may be above a class with a larger probability than above a lower one. Such
/// probabilities are replaced by their mean (pool adjacent violators), the nearest ones in least squares that do not increase, and no class
/// has a negative probability. A class between two equal ones gets probability 0, which log-loss punishes.</para>
/// <para>With two classes it is the learner itself. All models have the seed of the whole, so that a random forest draws the same rows for
/// each. Classes without a training row get probability 0. Reversing the levels reverses the probabilities, up to rounding, if the learner
/// treats its two classes alike, as logistic regression does.</para>
/// </remarks>
/// <param name="Learner">The learner, with probabilities of classes; null for logistic regression.</param>
public sealed record OrdinalClassifier(ILearner? Learner = null) : ICompositeLearner
{
    /// <inheritdoc/>
    public string Name => "ordinal";

    /// <inheritdoc/>
    public Capabilities Capabilities =>
        Member.Capabilities with { Targets = Member.Capabilities.Targets & TargetKinds.Classes };

    Complexity ILearner.Complexity => Member.Complexity;

    IEnumerable<Component> ISpec.Components => [new("", Member)];

    /// <summary>The learner of each model.</summary>
    internal ILearner Member => Learner ?? new LogisticRegression();

    // An OrdinalModel, or the learner's own with two classes. Fails for a numeric target, or if a model fails.
    Deferred<Trained> ICompositeLearner.Fit(FitRows rows, Seed seed)
    {
        // The learner alone may take numeric targets, so that its own check finds nothing.
        if (rows.Roles.Target is not Target.Classes classes)
        {
            return rows.Failed<Trained>(new(Name, "the target is numeric, so there are no classes in order",
                "Give a target of classes, or the learner without 'ordinal'."));
        }

        var mass = classes.Mass(rows.Roles.Weights);
        var present = EquatableArray.From(Enumerable.Range(0, mass.Length).Where(code => mass[code] > 0));
        if (present.Count < 2 || classes.Levels.Count == 2) return Alone(rows.Fit(Member, seed).Trained, rows);
        var names = present.Take(present.Count - 1).Select(code => OrdinalModel.Above(classes.Levels[code])).ToArray();
        var models = present.Take(present.Count - 1).Select((code, i) => rows.Unscored.Relabeled(Split(classes, code))
            .Fit(Member, seed, names[i]).Trained).ToArray();
        return rows.Join(models, () => Outcome.All(models.Select(model => model.Outcome)).Map(all =>
            new Trained(new OrdinalModel(classes.Levels, present, EquatableArray.From(all.Select(one => one.Model))))
            {
                Searches = EquatableArray.From(all.SelectMany((one, i) =>
                    one.Searches.Select(search => search with { Name = $"{names[i]}/{search.Name}" }))),
            }));
    }

    // Out-of-fold predictions of a stack in it are those of two classes in general, so they are not handed on.
    private static Deferred<Trained> Alone(Deferred<Trained> model, FitRows rows) =>
        rows.Join([model], () => model.Outcome.Map(trained => trained with { OutOfFold = default, Scores = default }));

    private static Target.Classes Split(Target.Classes classes, int below) => new(
        [OrdinalModel.UpTo(classes.Levels[below]), OrdinalModel.Above(classes.Levels[below])],
        EquatableArray.From(classes.Codes.Select(code => code > below ? 1 : 0)));
}
