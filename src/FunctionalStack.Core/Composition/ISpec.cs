namespace FunctionalStack;

/// <summary>What learners and transforms have in common: parameters as data, whose faults are found before any row is read.</summary>
public interface ISpec
{
    /// <summary>What reports call it, when nobody named it otherwise.</summary>
    string Name { get; }

    /// <summary>The faults of its own parameters, not those of its components; none where a fit may begin.</summary>
    Values<Failure> Validate() => default;

    /// <summary>The learners and transforms that it is composed of, in the order of their fits; none for a leaf.</summary>
    IEnumerable<Component> Components => [];
}

/// <summary>A part of a composition.</summary>
/// <param name="Name">What messages call it; empty where the part speaks for the whole.</param>
/// <param name="Spec">The learner or transform.</param>
/// <param name="MayFail">Whether the composition goes on without it, as long as one such part is left.</param>
public sealed record Component(string Name, ISpec Spec, bool MayFail = false);

/// <summary>The check that comes before every fit.</summary>
public static class SpecCheck
{
    /// <summary>
    /// Whatever is wrong with a composition for this target: its own parameters, its components', and leaves that do not
    /// take such a target. Empty where a fit may begin. Costs no fit.
    /// </summary>
    public static Values<Failure> Check(this ISpec spec, Target target)
    {
        var components = spec.Components.Select(part => (part.MayFail, Faults: part.Spec.Check(target).Select(fault => fault.At(part.Name)).ToArray())).ToArray();
        var goesOn = components.Any(part => part.MayFail && part.Faults.Length == 0);
        return
        [
            .. spec.Validate(),
            .. components.Where(part => !(part.MayFail && goesOn)).SelectMany(part => part.Faults),
            .. spec is ILeafLearner leaf && !leaf.Capabilities.Takes(target) ? [leaf.Capabilities.Refusal(leaf.Name, target)] : Array.Empty<Failure>(),
        ];
    }

    /// <summary>The first fault as an outcome; null where there is none.</summary>
    internal static Outcome<T>? Refuse<T>(this ISpec spec, Target target) =>
        spec.Check(target) is [var first, ..] ? new Outcome<T>.Fail(first) : null;
}
