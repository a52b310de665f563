using FunctionalStack.Learners;
using FunctionalStack.Neural;
using FunctionalStack.Preprocessing;

namespace FunctionalStack.IO;

/// <summary>The library's own catalogue: specs and model files use it unless another catalogue is given.</summary>
public static class Library
{
    /// <summary>
    /// Every learner, transform and model of the library. To add your own learners:
    /// <c>Library.Catalogue.With(LearnerEntry.Of(new Mine(), "Description.", [RecordTag.Of&lt;MyModel&gt;("mine")]))</c>.
    /// </summary>
    public static Catalogue Catalogue { get; } = CoreCatalogue.All.With(LearnersCatalogue.All, NetCatalogue.Of(Recipe.ForLinear));
}
