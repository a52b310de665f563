using FunctionalStack.Learners;

namespace FunctionalStack.IO;

/// <summary>The names of a catalogue's learners and transforms in spec files. Their parameters are those of their records.</summary>
internal sealed class SpecNames
{
    /// <exception cref="NotSupportedException">A learner or transform of the catalogue is not a record whose parameters all have
    /// defaults.</exception>
    private SpecNames(Catalogue catalogue)
    {
        Catalogue = catalogue;
        Learners = new("learner", catalogue.Learners.Select(entry => (entry.Name, entry.Type)), this);
        Transforms = new("transform", catalogue.Transforms.Select(entry => (entry.Name, entry.Type)), this);
    }

    /// <summary>The library's names.</summary>
    public static SpecNames Default { get; } = new(Library.Catalogue);

    public Catalogue Catalogue { get; }

    public SpecTable<ILearner> Learners { get; }

    public SpecTable<ITransform> Transforms { get; }

    /// <summary>The names of a catalogue; null for the library's.</summary>
    /// <exception cref="NotSupportedException">A learner or transform of the catalogue is not a record whose parameters all have
    /// defaults.</exception>
    public static SpecNames Of(Catalogue? catalogue) => catalogue is null || catalogue == Library.Catalogue ? Default : new(catalogue);

    /// <summary>The default meta-learner.</summary>
    public static ILearner UsualMeta(Target target) => target is Target.Classes ? new LogisticRegression() : new RidgeCV();
}
