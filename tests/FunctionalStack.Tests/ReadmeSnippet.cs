// <readme>
using FunctionalStack;
using FunctionalStack.IO;
// </readme>
using Xunit;

namespace FunctionalStack.Tests;

public class ReadmeSnippet
{
    [Fact]
    public void The_stack_of_the_readme_classifies_iris()
    {
        // <readme>
        var iris = EmbeddedData.Iris.ToDataset("species").OrThrow();

        var species = Stacking
            .Of(("knn", Learn.Knn(5)), ("forest", Learn.RandomForest(trees: 100)), ("bayes", Learn.NaiveBayes()))
            .Folds(5)
            .StackMethod(StackMethod.LogProbabilities)
            .Meta(Learn.Logistic());

        var scores = species.Evaluate(iris, Seed.Of(42), folds: 5).OrThrow();
        var model = species.Fit(iris, Seed.Of(42), threads: 2).OrThrow();
        var predicted = model.Predict(iris.Frame).OrThrow();

        Console.WriteLine(model);
        Console.WriteLine($"{predicted.Labels[0]}, {predicted.Probability("setosa")[0]:P0}");
        // </readme>

        Assert.Equal(["knn", "forest", "bayes", "stack"], scores.Models.Select(c => c.Name));
        Assert.All(scores.Models, c => Assert.InRange(c["accuracy"].Mean, 0.9, 1.0));
        Assert.Equal(150, predicted.Count);
    }
}
