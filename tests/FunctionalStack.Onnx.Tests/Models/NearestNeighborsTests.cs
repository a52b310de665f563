using FunctionalStack.IO;
using FunctionalStack.Laws;
using FunctionalStack.Learners;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Xunit;

namespace FunctionalStack.Onnx.Tests.Models;

/// <summary>Columns of few values: most distances are equal, so that every vote depends on how ties are read.</summary>
[Properties(Arbitrary = [typeof(Arbitraries)], MaxTest = 100)]
public class NearestNeighborsTests
{
    [Property]
    public void Ties_are_the_librarys(Seed seed)
    {
        var stream = seed.Stream();
        var (rows, metric) = (12 + stream.Next(30), Enum.GetValues<Distance>()[stream.Next(5)]);
        var frame = Few(rows);
        var target = Target.Classes.Of([.. Enumerable.Range(0, rows).Select(_ => $"{stream.Next(3)}")]);
        EquatableArray<double>? weights = stream.Next(2) == 0 ? null
            : EquatableArray.From(Enumerable.Range(0, rows).Select(_ => 1.0 + stream.Next(3)));
        var learner = new KNearestNeighbors(1 + stream.Next(6), (NeighborWeights)stream.Next(2), metric, 3);
        var data = new Dataset(frame, new Roles(target)).WithFrequencies(weights);
        var model = learner.FitModel(data, seed).OrThrow();
        using var run = new OnnxRun(OnnxExport.Of(model, ModelCard.Of(data, "y", 1)).OrThrow());
        var later = Few(9);
        Agree.Of(model.Predict(later).OrThrow(), run.Predict(later), Agree.Double);

        Frame Few(int count) => Frame.Of([.. Enumerable.Range(0, 3).Select(c => ($"x{c}",
            (Column)new Column.Numeric(EquatableArray.From(Enumerable.Range(0, count).Select(_ => stream.Next(3) / 10.0)))))]);
    }
}
