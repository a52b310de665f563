namespace FunctionalStack;

/// <summary>
/// Describes a type of learner: its name in specs, its models, and its default preprocessing.
/// </summary>
public sealed class LearnerEntry
{
    private readonly Func<ILearner, Catalogue, ITransform?> recipe;

    private LearnerEntry(ILearner usual, string description, EquatableArray<RecordTag> models,
        Func<ILearner, Catalogue, ITransform?> recipe)
    {
        if (string.IsNullOrWhiteSpace(usual.Name))
        {
            throw new ArgumentException($"The name of {usual.GetType()} is empty. Give it a name.", nameof(usual));
        }

        (Usual, Description, Models, this.recipe) = (usual, description, models, recipe);
    }

    /// <summary>The name in specs, taken from <see cref="Usual"/>.</summary>
    public string Name => Usual.Name;

    /// <summary>The record type of its parameters.</summary>
    public Type Type => Usual.GetType();

    /// <summary>The learner with every parameter at its default.</summary>
    public ILearner Usual { get; }

    /// <summary>A one-line description.</summary>
    public string Description { get; }

    /// <summary>Its models and the records they contain. Entries that share a model each list it.</summary>
    public EquatableArray<RecordTag> Models { get; }

    /// <summary>An entry for a learner whose default preprocessing does not depend on its parameters.</summary>
    /// <param name="usual">The learner with its default parameters. Its name is the name in specs.</param>
    /// <param name="description">A one-line description.</param>
    /// <param name="models">Its models and the records they contain.</param>
    /// <param name="recipe">The default preprocessing of a raw table; null for none.</param>
    /// <exception cref="ArgumentException">The learner's name is empty.</exception>
    public static LearnerEntry Of(ILearner usual, string description, EquatableArray<RecordTag> models, ITransform? recipe = null) =>
        new(usual, description, models, (_, _) => recipe);

    /// <summary>An entry for a learner whose default preprocessing depends on its parameters.</summary>
    /// <param name="usual">The learner with its default parameters. Its name is the name in specs.</param>
    /// <param name="description">A one-line description.</param>
    /// <param name="models">Its models and the records they contain.</param>
    /// <param name="recipe">
    /// Returns the default preprocessing of a raw table, or null for none. Its second argument is the catalogue in use: a
    /// meta-estimator gets the preprocessing of its base learner by <see cref="Catalogue.RecipeFor"/>.
    /// </param>
    /// <exception cref="ArgumentException">The learner's name is empty.</exception>
    public static LearnerEntry Of<T>(T usual, string description, EquatableArray<RecordTag> models, Func<T, Catalogue, ITransform?> recipe)
        where T : ILearner =>
        new(usual, description, models, (learner, catalogue) => recipe((T)learner, catalogue));

    /// <summary>The default preprocessing of a raw table for a learner of this type; null for none.</summary>
    /// <exception cref="InvalidCastException">The learner is of another type.</exception>
    internal ITransform? RecipeFor(ILearner learner, Catalogue catalogue) => recipe(learner, catalogue);
}
