namespace FunctionalStack;

/// <summary>
/// A learner whose fit falls into independent parts (the trees of a forest): prepared once, fitted part by part in any
/// order, joined in part order. Both meanings, sequential (<see cref="Divided.FitDivided"/>) and graph, follow from these
/// four members.
/// </summary>
/// <typeparam name="TShared">What all parts read: made once, never written to again.</typeparam>
/// <typeparam name="TPart">What one part makes.</typeparam>
public interface IDividedLearner<TShared, TPart> : IGraphLearner
{
    /// <summary>How many parts, known before the data is; at least 1.</summary>
    int Parts { get; }

    Outcome<TShared> Prepare(Dataset data, Seed seed);

    TPart FitPart(TShared shared, int part);

    IModel Join(TShared shared, Values<TPart> parts);

    Deferred<Outcome<IModel>> IGraphLearner.Unfold(FitScope scope, Seed seed)
    {
        var shared = scope.Task(Name, [scope.Frame], () => scope.Frame.Value.Bind(frame => Prepare(new(frame, scope.Roles), seed)));
        var parts = Enumerable.Range(0, Parts)
            .Select(part => scope.Task(Name, [shared], () => shared.Value.Map(s => FitPart(s, part)).WithoutNotes(), counted: true))
            .ToArray();
        return scope.Task(Name, [shared, .. parts], () =>
        {
            var model =
                from s in shared.Value
                from all in Outcome.All(parts.Select(part => part.Value))
                select Join(s, all);
            shared.Release();
            foreach (var part in parts) part.Release();
            return model;
        });
    }
}

public static class Divided
{
    /// <summary>One part after another: what a divided learner's <see cref="ILearner.Fit"/> is.</summary>
    public static Outcome<IModel> FitDivided<TShared, TPart>(this IDividedLearner<TShared, TPart> learner, Dataset data, Seed seed) =>
        learner.Prepare(data, seed).Map(shared =>
            learner.Join(shared, Values.From(Enumerable.Range(0, learner.Parts).Select(part => learner.FitPart(shared, part)))));
}
