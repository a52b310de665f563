using FunctionalStack.IO;
using FunctionalStack.Laws;
using Xunit;
using Xunit.Abstractions;

namespace FunctionalStack.Onnx.Tests;

/// <summary>The default stack of real tables, with its preprocessing.</summary>
public class DefaultStackTests(ITestOutputHelper output)
{
    [SharedFact("titanic/train.csv", "titanic/test.csv")]
    public void The_default_stack_of_titanic_is_exported()
    {
        var data = Cases.Read("titanic/train.csv", "Survived", "PassengerId");
        var model = DefaultStack.For(data).Build(data).OrThrow().FitModel(data, Seed.Of(0)).OrThrow();
        var loaded = Cases.Saved(model, ModelCard.Of(data, "Survived", 0));
        var exported = loaded.ToOnnx().OrThrow();
        using var run = new OnnxRun(exported);
        var later = Table.Read(Repository.Shared("titanic/test.csv")).Bind(table => table.Frame(loaded.Schema)).OrThrow();
        foreach (var rows in new[] { data.Frame, later, later.Take([3]) })
        {
            var worst = Agree.Of(loaded.Predict(rows).OrThrow(), run.Predict(rows), Agree.Double);
            output.WriteLine($"{rows.RowCount} rows: {worst:R}; {exported.Length} bytes, {exported.NodeCount} nodes");
        }
    }
}
