using FunctionalStack.IO;
using Xunit;

namespace FunctionalStack.Cli.Tests.Commands;

public class FitFileTests
{
    /// <summary>The tool and the library have one definition of what a file says.</summary>
    [Fact]
    public void The_file_is_the_one_that_the_library_writes_for_the_same_fit()
    {
        using var tool = new Fstack();
        tool.Done("fit --data ./data.csv --target y --id id --spec ./spec.json --model ./m.fstack --seed 5 --conformal 3 --threshold f1");
        var data = new CsvRows(tool.At("data.csv")).Id("id").Target("y").OrThrow();
        var spec = SpecFile.Read(tool.At("spec.json")).OrThrow();
        var plan = new FoldPlan.Usual(3);
        var learner = new Thresholded(new Conformal(spec.Build(data).OrThrow(), plan), Threshold.F1, plan);
        ModelFile.SaveFit(tool.At("library.fstack"), learner.Fit(data, Seed.Of(5)).OrThrow(), spec).OrThrow();
        Assert.Equal(tool.Bytes("m.fstack"), tool.Bytes("library.fstack"));
    }
}
