namespace FunctionalStack;

/// <summary>
/// What the library knows of a type of learner: its name in specs, the models it makes, and what usually stands before it.
/// </summary>
public sealed class LearnerEntry
{
    private readonly Func<ILearner, Catalogue, ITransform?> recipe;

    private LearnerEntry(ILearner usual, string description, EquatableArray<RecordTag> models, Func<ILearner, Catalogue, ITransform?> recipe)
    {
        if (string.IsNullOrWhiteSpace(usual.Name))
        {
            throw new ArgumentException($"The name of {usual.GetType()} is empty. Give it a name.", nameof(usual));
        }

        (Usual, Description, Models, this.recipe) = (usual, description, models, recipe);
    }

    /// <summary>The name in specs: that of <see cref="Usual"/>.</summary>
    public string Name => Usual.Name;

    /// <summary>The record type of its parameters.</summary>
    public Type Type => Usual.GetType();

    /// <summary>The learner with every parameter at its default.</summary>
    public ILearner Usual { get; }

    /// <summary>One line: what it does.</summary>
    public string Description { get; }

    /// <summary>Its models and the records that these hold. Entries that make the same model each list it.</summary>
    public EquatableArray<RecordTag> Models { get; }

    /// <summary>An entry for learners of which the same usually stands before all.</summary>
    /// <param name="usual">The learner as its constructor's defaults have it; its name is the name in specs.</param>
    /// <param name="description">One line: what it does.</param>
    /// <param name="models">Its models and the records that these hold.</param>
    /// <param name="recipe">What usually stands before it on a raw table; null for nothing.</param>
    /// <exception cref="ArgumentException">The learner's name is empty.</exception>
    public static LearnerEntry Of(ILearner usual, string description, EquatableArray<RecordTag> models, ITransform? recipe = null) =>
        new(usual, description, models, (_, _) => recipe);

    /// <summary>An entry for learners whose parameters decide what usually stands before them.</summary>
    /// <param name="usual">The learner as its constructor's defaults have it; its name is the name in specs.</param>
    /// <param name="description">One line: what it does.</param>
    /// <param name="models">Its models and the records that these hold.</param>
    /// <param name="recipe">
    /// What usually stands before a learner of this type on a raw table, null for nothing. The catalogue is the one that is
    /// asked: a learner of learners has theirs by <see cref="Catalogue.RecipeFor"/>.
    /// </param>
    /// <exception cref="ArgumentException">The learner's name is empty.</exception>
    public static LearnerEntry Of<T>(T usual, string description, EquatableArray<RecordTag> models, Func<T, Catalogue, ITransform?> recipe)
        where T : ILearner =>
        new(usual, description, models, (learner, catalogue) => recipe((T)learner, catalogue));

    /// <summary>What usually stands before a learner of this type on a raw table; null for nothing.</summary>
    /// <exception cref="InvalidCastException">The learner is of another type.</exception>
    internal ITransform? RecipeFor(ILearner learner, Catalogue catalogue) => recipe(learner, catalogue);
}
