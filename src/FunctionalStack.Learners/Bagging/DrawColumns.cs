namespace FunctionalStack.Learners;

/// <summary>A random subset of the columns, in their order: a fraction of all, rounded down to at least one.</summary>
internal sealed record DrawColumns(double Share) : ILeafTransform
{
    public string Name => "drawColumns";

    public EquatableArray<Failure> Validate() => Ensure.All(Name, Ensure.Share("share", Share));

    public Outcome<Fitted> FitLeaf(Dataset data, Seed seed)
    {
        var names = data.Frame.Names.ToArray();
        var drawn = seed.Sample(names.Length, Math.Max(1, (int)(Share * names.Length)));
        return new SelectColumns(EquatableArray.From(drawn.Select(at => names[at]))).FitLeaf(data, seed);
    }
}
