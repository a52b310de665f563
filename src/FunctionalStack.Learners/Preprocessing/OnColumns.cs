namespace FunctionalStack.Preprocessing;

/// <summary>
/// Applies a transform to some columns. The other columns are unchanged and come first, followed by the output of the transform. Equal to a
/// union of <see cref="DropColumns"/> and the transform after <see cref="SelectColumns"/>.
/// </summary>
/// <param name="Columns">The columns passed to the transform, in that order.</param>
/// <param name="Transform">Any transform, including cross-fitted learners.</param>
public sealed record OnColumns(EquatableArray<string> Columns, ITransform Transform) : ICompositeTransform
{
    /// <inheritdoc/>
    public string Name => Transform.Name;

    /// <summary>The equivalent union.</summary>
    public Union Expand() => new([
        new Part("others", new DropColumns(Columns)),
        new Part("columns", new SelectColumns(Columns).Then(Transform)),
    ]);

    IEnumerable<Component> ISpec.Components => [new("", Expand())];

    Frame? ITransform.Outline(Frame columns, Target target) => ((ITransform)Expand()).Outline(columns, target);

    FittedTransform ICompositeTransform.Fit(FitRows rows, Seed seed) => rows.Fit(Expand(), seed);
}
