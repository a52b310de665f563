namespace FunctionalStack.Preprocessing;

/// <summary>
/// A transform of some columns, the others left alone: the others come first, then what the transform makes. Sugar for a
/// union of <see cref="DropColumns"/> with the transform after <see cref="SelectColumns"/>.
/// </summary>
/// <param name="Columns">What the transform sees, in that order.</param>
/// <param name="Transform">Any transform, cross-fitted learners included.</param>
public sealed record OnColumns(EquatableArray<string> Columns, ITransform Transform) : ICompositeTransform
{
    public string Name => Transform.Name;

    /// <summary>What this stands for.</summary>
    public Union Expand() => new([
        new Part("others", new DropColumns(Columns)),
        new Part("columns", new SelectColumns(Columns).Then(Transform)),
    ]);

    IEnumerable<Component> ISpec.Components => [new("", Expand())];

    Frame? ITransform.Outline(Frame columns, Target target) => ((ITransform)Expand()).Outline(columns, target);

    FittedTransform ICompositeTransform.Fit(FitRows rows, Seed seed) => rows.Fit(Expand(), seed);
}
