namespace FunctionalStack;

/// <summary>The base of learners and transforms: parameters as data, which are validated before any row is read.</summary>
public interface ISpec
{
    /// <summary>The default name in reports.</summary>
    string Name { get; }

    /// <summary>The faults of its own parameters, without those of its components. Empty if it can be fitted.</summary>
    EquatableArray<Failure> Validate() => default;

    /// <summary>
    /// The reasons why it cannot be fitted to columns of these names and kinds, without those of its components. A transform may
    /// still drop some of these columns.
    /// </summary>
    EquatableArray<Failure> ValidateColumns(Frame columns) => default;

    /// <summary>The learners and transforms that it is composed of, in fitting order; empty for a leaf.</summary>
    IEnumerable<Component> Components => [];
}

/// <summary>A part of a composition.</summary>
/// <param name="Name">Its name in messages; empty if messages name the whole composition.</param>
/// <param name="Spec">The learner or transform.</param>
/// <param name="MayFail">Whether the composition continues without it, as long as one such part is left.</param>
public sealed record Component(string Name, ISpec Spec, bool MayFail = false)
{
    /// <summary>The transform whose output columns it is fitted to; null for the columns of the whole composition.</summary>
    public ITransform? After { get; init; }
}

/// <summary>The validation that precedes every fit.</summary>
public static class SpecCheck
{
    /// <summary>
    /// All faults of a composition for this target: its parameters, those of its components, and leaves that do not support
    /// the target. Empty if it can be fitted. Fits nothing.
    /// </summary>
    public static EquatableArray<Failure> Check(this ISpec spec, Target target) => Check(spec, new Roles(target), null);

    /// <summary>
    /// The same for these rows. It also finds leaves that do not support the rows' weights, names of absent columns, missing
    /// values and categories that a leaf does not support, and meta-learners that weight bases but would get other columns.
    /// The output columns of a transform are often known only after its fit. Then the fit of the next leaf reports the fault.
    /// </summary>
    public static EquatableArray<Failure> Check(this ISpec spec, Dataset data) => spec is ILearner && data.RowCount == 0
        ? [TrainingRows.None(spec.Name)] : Check(spec, data.Roles, new(data.Frame, data.Weights));

    /// <summary>The first fault as an outcome; null if there is none.</summary>
    internal static Outcome<T>? Refuse<T>(this ISpec spec, Target target) => First<T>(spec.Check(target));

    /// <inheritdoc cref="Refuse{T}(ISpec, Target)"/>
    internal static Outcome<T>? Refuse<T>(this ISpec spec, Roles roles) => First<T>(Check(spec, roles, null));

    /// <inheritdoc cref="Refuse{T}(ISpec, Target)"/>
    internal static Outcome<T>? Refuse<T>(this ISpec spec, Dataset data) => First<T>(spec.Check(data));

    private static Outcome<T>? First<T>(EquatableArray<Failure> faults) => faults is [var first, ..] ? new Outcome<T>.Fail(first) : null;

    private static EquatableArray<Failure> Check(ISpec spec, Roles roles, KnownColumns? columns)
    {
        // A leaf chooses the columns that it passes to the learners inside it.
        var leaf = spec as ILeafLearner;
        var inside = leaf is null ? roles : new Roles(roles.Target);
        var components = spec.Components
            .Select(part =>
                (part.MayFail,
                    Faults: Check(part.Spec, inside, leaf is null ? columns?.After(part.After, roles.Target) : null)
                    .Select(fault => fault.At(part.Name)).ToArray()))
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
