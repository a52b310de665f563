using FunctionalStack.Learners;
using FunctionalStack.Neural;
using FunctionalStack.Preprocessing;

namespace FunctionalStack.IO;

/// <summary>What this library brings along: specs and model files know it unless another catalogue is given.</summary>
public static class Library
{
    /// <summary>
    /// Every learner, transform and model of the library. With learners of your own:
    /// <c>Library.Catalogue.With(LearnerEntry.Of(new Mine(), "What it does.", [RecordTag.Of&lt;MyModel&gt;("mine")]))</c>.
    /// </summary>
    public static Catalogue Catalogue { get; } = CoreCatalogue.All.With(LearnersCatalogue.All, NetCatalogue.Of(Recipe.ForLinear));
}
