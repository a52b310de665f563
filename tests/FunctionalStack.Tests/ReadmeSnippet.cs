// <readme>
using FunctionalStack;
// </readme>
using FunctionalStack.IO;
using Xunit;

namespace FunctionalStack.Tests;

[Collection("current folder")]
public class ReadmeSnippet
{
    [Fact]
    public void The_files_and_the_stack_of_the_readme()
    {
        var (here, folder) = (Environment.CurrentDirectory, Directory.CreateTempSubdirectory("functionalstack-readme-"));
        try
        {
            Environment.CurrentDirectory = folder.FullName;
            File.WriteAllText("train.csv", Passengers());
            Run();
        }
        finally
        {
            Environment.CurrentDirectory = here;
            folder.Delete(recursive: true);
        }
    }

    private static void Run()
    {
        // <readme>
        var passengers = Csv.Read("train.csv").Id("PassengerId").Target("Survived").OrThrow();

        var survival = Stacking
            .Of(("boosting", Learn.GradientBoosting(100).Preprocess(Prepare.ForBoosting)),
                ("forest", Learn.RandomForest(100).Preprocess(Prepare.ForTrees)),
                ("logistic", Learn.Logistic().Preprocess(Prepare.ForLinear)))
            .Meta(Learn.OpinionPool());

        var fit = survival.Fit(passengers, Seed.Of(42), threads: 2).OrThrow();
        Console.WriteLine(fit);
        fit.Save("titanic.fstack").OrThrow();

        var model = Model.Load("titanic.fstack").OrThrow();
        var asked = new[] { new { Pclass = "3rd", Sex = "female", Age = 22, SibSp = 1, Parch = 0 } };
        foreach (var p in model.Predict(asked).OrThrow())
            Console.WriteLine($"{p.Class}, {p.Probabilities["survived"]:P0}");
        // </readme>

        Assert.Equal(["boosting", "forest", "logistic", "stack"], fit.Scores.Select(part => part.Name));
        Assert.All(fit.Scores, part => Assert.InRange(part.Accuracy.Mean, 0.75, 0.9));
        Assert.Equal(("Survived", "PassengerId", 42L), (model.Card.Target, model.Card.IdColumn, model.Card.Seed));
        Assert.Equal(fit.Predict(passengers.Frame), model.Predict(passengers.Frame));
        Assert.InRange(model.Predict(asked).OrThrow()[0].Probabilities["survived"], 0.4, 0.9);
    }

    // The embedded passengers, with the names and the id of a usual file of them.
    private static string Passengers()
    {
        using var csv = new StreamReader(EmbeddedData.OpenCsv("titanic"));
        var lines = csv.ReadToEnd().TrimEnd('\n').Split('\n');
        return string.Join('\n',
            lines.Skip(1).Select((line, i) => $"{i + 1},{line}").Prepend("PassengerId,Pclass,Survived,Sex,Age,SibSp,Parch"));
    }
}
