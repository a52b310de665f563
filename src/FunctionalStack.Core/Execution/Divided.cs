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
        var memory = scope.MemoryOf(this);
        // No part is fitted where a journal has the whole.
        var begun = scope.Step(Name, [scope.Frame], () => scope.Data, data =>
        {
            var remembered = scope.Remembered(this, data, seed);
            var prepared = remembered.Found is null ? Prepare(data, seed) : Outcome.Ok<TShared>(default!);
            return prepared.WithoutNotes().Map(shared => (Remembered: remembered, Shared: shared, prepared.Notes));
        }, memory: memory);
        var parts = Enumerable.Range(0, Parts)
            .Select(part => scope.Step(Name, [begun], () => begun.Value.WithoutNotes(), from => Outcome.Ok(from.Remembered.Found is null ? FitPart(from.Shared, part) : default!), counted: true, memory))
            .ToArray();
        return scope.Step(
            Name,
            [begun, .. parts],
            () =>
                from b in begun.Value
                from all in Outcome.All(parts.Select(part => part.Value))
                select (Begun: b, Parts: all),
            from =>
            {
                var model = from.Begun.Remembered.OrMake(() => Outcome.Ok(Join(from.Begun.Shared, from.Parts)).Noting(from.Begun.Notes));
                begun.Release();
                foreach (var part in parts) part.Release();
                return model;
            },
            memory: memory);
    }
}

public static class Divided
{
    /// <summary>One part after another: what a divided learner's <see cref="ILearner.Fit"/> is.</summary>
    public static Outcome<IModel> FitDivided<TShared, TPart>(this IDividedLearner<TShared, TPart> learner, Dataset data, Seed seed) =>
        learner.Prepare(data, seed).Map(shared =>
            learner.Join(shared, Values.From(Enumerable.Range(0, learner.Parts).Select(part => learner.FitPart(shared, part)))));
}
