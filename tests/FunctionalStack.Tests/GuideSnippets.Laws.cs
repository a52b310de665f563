using FunctionalStack.IO;
using FunctionalStack.Laws;
using Xunit;

namespace FunctionalStack.Tests;

/// <summary>The guide's blocks on the laws of learners.</summary>
public partial class GuideSnippets
{
    [Fact]
    public void Laws_of_your_own_learners()
    {
        var results = LearnerLaws.Check(Learn.Knn(3).Preprocess(Prepare.ForDistances), new() { Catalogue = Library.Catalogue });
        foreach (var result in results) Console.WriteLine(result);
        Assert.DoesNotContain(results, result => result.IsBroken);
    }
}
