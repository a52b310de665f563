namespace FunctionalStack;

/// <summary>What learners and transforms have in common: parameters as data, whose faults are found before any row is read.</summary>
public interface ISpec
{
    /// <summary>What reports call it, when nobody named it otherwise.</summary>
    string Name { get; }

    /// <summary>The faults of its own parameters, not those of its components; none where a fit may begin.</summary>
    EquatableArray<Failure> Validate() => default;

    /// <summary>What it cannot be fitted to columns of these names and kinds for, its components apart; columns may yet be dropped.</summary>
    EquatableArray<Failure> ValidateColumns(Frame columns) => default;

    /// <summary>The learners and transforms that it is composed of, in the order of their fits; none for a leaf.</summary>
    IEnumerable<Component> Components => [];
}

/// <summary>A part of a composition.</summary>
/// <param name="Name">What messages call it; empty where the part speaks for the whole.</param>
/// <param name="Spec">The learner or transform.</param>
/// <param name="MayFail">Whether the composition goes on without it, as long as one such part is left.</param>
public sealed record Component(string Name, ISpec Spec, bool MayFail = false)
{
    /// <summary>The part whose columns it is fitted to; null where those are the columns of the whole.</summary>
    public ITransform? After { get; init; }
}

/// <summary>The check that comes before every fit.</summary>
public static class SpecCheck
{
    /// <summary>
    /// Whatever is wrong with a composition for this target: its own parameters, its components', and leaves that do not
    /// take such a target. Empty where a fit may begin. Costs no fit.
    /// </summary>
    public static EquatableArray<Failure> Check(this ISpec spec, Target target) => Check(spec, new Roles(target), null);

    /// <summary>
    /// The same for these rows: besides, leaves that cannot use their weights, and what can be told from the columns: names
    /// that are not there, missing values and categories that a leaf does not take, and learners that weigh predictions of
    /// bases where there are none. What a transform makes of columns is often known only once it is fitted; then the fit of
    /// the leaf behind it tells.
    /// </summary>
    public static EquatableArray<Failure> Check(this ISpec spec, Dataset data) => Check(spec, data.Roles, new(data.Frame, data.Weights));

    /// <summary>The first fault as an outcome; null where there is none.</summary>
    internal static Outcome<T>? Refuse<T>(this ISpec spec, Target target) => First<T>(spec.Check(target));

    /// <inheritdoc cref="Refuse{T}(ISpec, Target)"/>
    internal static Outcome<T>? Refuse<T>(this ISpec spec, Roles roles) => First<T>(Check(spec, roles, null));

    /// <inheritdoc cref="Refuse{T}(ISpec, Target)"/>
    internal static Outcome<T>? Refuse<T>(this ISpec spec, Dataset data) => First<T>(spec.Check(data));

    private static Outcome<T>? First<T>(EquatableArray<Failure> faults) => faults is [var first, ..] ? new Outcome<T>.Fail(first) : null;

    private static EquatableArray<Failure> Check(ISpec spec, Roles roles, KnownColumns? columns)
    {
        // What a leaf gives to learners of its own is its own affair.
        var leaf = spec as ILeafLearner;
        var inside = leaf is null ? roles : new Roles(roles.Target);
        var components = spec.Components
            .Select(part => (part.MayFail, Faults: Check(part.Spec, inside, leaf is null ? columns?.After(part.After, roles.Target) : null).Select(fault => fault.At(part.Name)).ToArray()))
            .ToArray();
        var goesOn = components.Any(part => part.MayFail && part.Faults.Length == 0);
        EquatableArray<Failure> faults =
        [
            .. spec.Validate(),
            .. columns is null ? default : spec.ValidateColumns(columns.Frame),
            .. components.Where(part => !(part.MayFail && goesOn)).SelectMany(part => part.Faults),
        ];
        return leaf is null || faults.Count > 0 ? faults : leaf.Capabilities.Refusals(leaf.Name, roles, columns);
    }
}
