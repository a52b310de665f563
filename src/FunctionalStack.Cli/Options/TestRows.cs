using System.CommandLine;
using FunctionalStack.Cli.Nets;
using FunctionalStack.Cli.Output;
using FunctionalStack.Cli.Writing;
using FunctionalStack.Columnar;
using FunctionalStack.IO;

namespace FunctionalStack.Cli.Options;

/// <summary>A saved model for tables, and labelled rows for it: the inputs of score and explain.</summary>
/// <param name="Model">The model. It reads rows in the format of the options.</param>
/// <param name="Data">The labelled rows.</param>
/// <param name="Path">The path of the model.</param>
/// <param name="File">The path of the rows.</param>
/// <param name="Target">The target column.</param>
/// <param name="Numbers">The row of the file, from 1 and without the header, that each labelled row is.</param>
/// <param name="Header">All columns of the file.</param>
/// <param name="Notes">Notes about the rows.</param>
internal sealed record TestRows(LoadedModel Model, Dataset Data, string Path, string File, string Target, EquatableArray<int> Numbers,
    EquatableArray<string> Header, EquatableArray<Note> Notes)
{
    private static readonly Option<string> ModelFileOption = new("--model") { Description = "The model file.", Required = true };
    private static readonly Option<string?> TargetOption =
        new("--target") { Description = "The column with the actual values. By default, that of the model." };

    /// <summary>The options that <see cref="Read"/> reads.</summary>
    public static Option[] Options =>
    [
        ModelFileOption, Common.Data, TargetOption, Common.Weights, Common.WeightsKind, Common.Groups, .. TextFormats.AsInTraining.All,
        Plugins.Plugin, Common.Seed, Common.Threads, Common.Json,
    ];

    /// <summary>Some of the rows, in their order.</summary>
    public TestRows Take(EquatableArray<int> rows) => this with { Data = Data.Take(rows), Numbers = Numbers.At(rows) };

    /// <summary>Rows drawn by the seed, in their order; all if there are no more.</summary>
    public TestRows Drawn(int rows, Seed seed) => rows >= Data.RowCount ? this : Take(Places(Data.RowCount, rows, seed));

    /// <summary>The places of rows drawn by the seed.</summary>
    public static EquatableArray<int> Places(int count, int rows, Seed seed) =>
        EquatableArray.Own(seed.Fork("rows").Sample(count, rows));

    /// <summary>Checks the folder of a report, and other files that are written, before anything is read.</summary>
    public static Outcome<Done> Check(ParseResult parsed, params Option[] written) =>
        OutputPaths.Check(parsed, [ModelFileOption, Common.Data, Plugins.Plugin], [ReportOption.Report, .. written]);

    /// <summary>Reads the model and the rows. Notes are printed to standard error.</summary>
    public static Outcome<TestRows> Read(ParseResult parsed, Terminal terminal)
    {
        var (path, file) = (parsed.GetRequiredValue(ModelFileOption), parsed.GetRequiredValue(Common.Data));
        return from catalogue in Plugins.Catalogue(parsed)
               from content in ModelFile.Inspect(path, tag => tag is not (NetworkFile.NetworkTag or NetworkFile.CheckpointTag), catalogue)
               from loaded in content.Loaded is { } model ? Outcome.Ok(model) : NoTable(path, content.Tag)
               from table in TableFile.Read(file)
               let options = TextFormats.AsInTraining.Of(parsed)
               let schema = loaded.Schema.ReadBy(options)
               let target = parsed.GetValue(TargetOption) ?? loaded.Card.Target
               let read = DatasetReader.ReadLabelled(table, schema, loaded.Card.Levels, new(target,
                   Weights: parsed.GetValue(Common.Weights), Groups: parsed.GetValue(Common.Groups), Text: options)
               {
                   WeightKind = Common.KindOfWeights(parsed),
               })
               from labelled in terminal.Noted(read)
               select new TestRows(loaded.By(schema), Ordered(labelled.Dataset, loaded.Card), path, file, target,
                   EquatableArray.From(labelled.Rows.Select(row => row + 1)), table.Header, read.Notes);
    }

    // The levels are those of the model, in its order, before unknown ones.
    private static Dataset Ordered(Dataset data, ModelCard card) => Wrappers.IsOrdered(card) && data.Target is Target.Classes classes
        ? data.WithTarget(new Target.Classes(classes.Levels, classes.Codes, isOrdered: true)) : data;

    private static Outcome<LoadedModel> NoTable(string path, string tag) => tag == NetworkFile.NetworkTag
        ? Outcome.Fail<LoadedModel>(path, "is a net for images, not for tables", "Use 'fstack evaluate --images DIR --model M.fstack'.")
        : Outcome.Fail<LoadedModel>(path, "is a checkpoint, not a model", "Give the file written by 'fstack fit --model'.");
}
