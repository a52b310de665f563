namespace FunctionalStack;

/// <summary>How numbers are drawn from a range.</summary>
public enum Scale
{
    /// <summary>Uniformly.</summary>
    Linear,

    /// <summary>With uniform logarithm, for parameters such as learning rates and penalties.</summary>
    Log,
}

/// <summary>The values of one parameter that a search tries.</summary>
public abstract record SearchValues
{
    private protected abstract void Seal();

    /// <summary>A list of values.</summary>
    /// <param name="Values">At least one. Numbers are converted to the type of the parameter, and text to members of enumerations, which
    /// are written as in specs. A parameter that is a learner takes learners.</param>
    public sealed record Listed(EquatableArray<object?> Values) : SearchValues
    {
        private protected override void Seal() { }
    }

    /// <summary>A range of numbers, both ends included. For a parameter of whole numbers, whole numbers are drawn. Others are rounded to
    /// four significant digits.</summary>
    /// <param name="From">The lower end.</param>
    /// <param name="To">The upper end, above the lower one.</param>
    /// <param name="Scale">How numbers are drawn. The logarithmic scale needs ends above 0.</param>
    public sealed record Range(double From, double To, Scale Scale = Scale.Linear) : SearchValues
    {
        private protected override void Seal() { }
    }
}

/// <summary>One dimension of a search space.</summary>
/// <param name="Path">
/// The parameter, by its name in specs. Parts of a composition are named before it, separated by dots: <c>bases.forest.minSamplesLeaf</c>,
/// <c>meta.c</c>, <c>learner.maxDepth</c>, <c>preprocess.targetEncode.smoothing</c>. A pipeline's learner needs no prefix.
/// </param>
/// <param name="Values">Its values.</param>
public sealed record SearchParameter(string Path, SearchValues Values);

/// <summary>
/// The values of a learner's parameters that a search tries: <c>SearchSpace.Empty.Over("maxDepth", 3, 6, 9).Between("eta", 0.01, 0.3,
/// Scale.Log)</c>. Paths and values are checked against the learner before the first fit.
/// </summary>
/// <param name="Parameters">The dimensions, with distinct paths. In a grid, the last one varies fastest.</param>
public sealed record SearchSpace(EquatableArray<SearchParameter> Parameters = default)
{
    /// <summary>No dimensions.</summary>
    public static SearchSpace Empty { get; } = new();

    /// <summary>Adds a list of values of a parameter.</summary>
    public SearchSpace Over(string path, params object?[]? values) =>
        new([.. Parameters, new(path, new SearchValues.Listed(EquatableArray.Of(values ?? [null])))]);

    /// <summary>Adds a range of a numeric parameter, both ends included.</summary>
    public SearchSpace Between(string path, double from, double to, Scale scale = Scale.Linear) =>
        new([.. Parameters, new(path, new SearchValues.Range(from, to, scale))]);
}

/// <summary>A learner with a default search space (<see cref="Tuned"/>).</summary>
public interface ITunable : ILearner
{
    /// <summary>The space that is searched if none is given.</summary>
    SearchSpace DefaultSpace { get; }
}
