using FunctionalStack.IO;
using FunctionalStack.Laws;

namespace FunctionalStack.Onnx.Tests;

/// <summary>Reference tables.</summary>
public static class Cases
{
    /// <summary>Two classes that are separated by one number.</summary>
    public static Dataset Small() => new(
        Frame.Of(("x", Column.Numeric.Of(1, 2, 3, 4, 5, 6)), ("w", Column.Categorical.Of("a", "b", "a", "b", "a", null))),
        Target.Classes.Of("no", "no", "no", "yes", "yes", "yes"));

    public static Dataset Iris() => Read("iris/iris.csv", "species");

    /// <summary>A table of the shared data folder, with all columns but <paramref name="dropped"/>.</summary>
    public static Dataset Read(string name, string target, params string[] dropped) =>
        Table.Read(Repository.Shared(name)).Bind(table => table.ToDataset(target)).OrThrow() is var data
            ? data.WithFrame(data.Frame.Without(dropped)) : throw new InvalidOperationException();

    /// <summary>The model, saved and loaded.</summary>
    public static LoadedModel Saved(IModel model, ModelCard card)
    {
        using var file = new MemoryStream();
        ModelFile.Write(file, "model", model, card).OrThrow();
        return ModelFile.Read(file, "model").OrThrow();
    }
}
