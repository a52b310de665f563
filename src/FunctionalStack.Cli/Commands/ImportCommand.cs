using System.CommandLine;
using System.Text.Json.Nodes;
using FunctionalStack.Cli.Nets;
using FunctionalStack.Cli.Options;
using FunctionalStack.Cli.Output;
using FunctionalStack.Cli.Writing;
using FunctionalStack.IO;
using FunctionalStack.Neural;
using FunctionalStack.Onnx;
using FunctionalStack.Reporting.Parts;

namespace FunctionalStack.Cli.Commands;

/// <summary>Reads a net for images from an ONNX file and writes it as a model file.</summary>
internal static class ImportCommand
{
    private static readonly Option<string> File = new("--onnx") { Description = "The ONNX file of a net.", Required = true };
    private static readonly Option<string> Model = new("--model") { Description = "The model file to write.", Required = true };
    private static readonly Option<string?> Classes =
        new("--classes")
        {
            Description = "The classes in the order of the outputs; default: those in the file, otherwise 0, 1, 2 and so on.",
            HelpName = "A,B,...",
        };

    public static Command Create(Func<Func<ParseResult, Terminal, Outcome<Done>>, Func<ParseResult, int>> run)
    {
        var command = new Command("import", "Read a net for images from an ONNX file and write it to a model file.")
        {
            File, Model, Classes, Common.Json,
        };
        command.SetAction(run(Import));
        return command;
    }

    private static Outcome<Done> Import(ParseResult parsed, Terminal terminal)
    {
        var (file, path) = (parsed.GetRequiredValue(File), parsed.GetRequiredValue(Model));
        var given = parsed.GetValue(Classes) is { } list ? EquatableArray.From(list.Split(',')) : default;
        return from writable in OutputPaths.Check(parsed, [File], [Model])
               let reading = OnnxImport.Network(file, given, NetworkFile.Divisor)
               from read in terminal.Noted(reading)
               from images in OfImages(file, read)
               let named = images.Levels.Count > 0 ? images : Numbered(images, terminal)
               from saved in NetworkFile.Save(path, named)
               select Report(terminal, file, path, named, reading.Notes);
    }

    // With one output, every image would have the one class with probability 1.
    private static Outcome<NetworkModel> OfImages(string file, NetworkModel net) => net.Network.Input.IsVector
        ? Outcome.Fail<NetworkModel>(file, $"reads vectors of {net.Network.Input.Channels}, and a model file has a net for images",
            "Export the net with images as its input, or read it in code with Imports.FromOnnx.")
        : net.Plan.Output.Size < 2
        ? Outcome.Fail<NetworkModel>(file, "has one output, and a model file has a net with an output for each class",
            "Export a net with two outputs for two classes, or read this one in code with Imports.FromOnnx.")
        : Outcome.Ok(net);

    private static NetworkModel Numbered(NetworkModel net, Terminal terminal)
    {
        terminal.Note("note: the file names no classes, so they are numbers from 0. Name them with --classes.");
        return new(net.Network, net.Variables,
            EquatableArray.From(Enumerable.Range(0, net.Plan.Output.Size).Select(code => $"{code}")), net.Divisor);
    }

    private static Done Report(Terminal terminal, string file, string path, NetworkModel net, EquatableArray<Note> notes)
    {
        terminal.Print(Layers.Table(net.Plan));
        terminal.Print($"{path}: written, {Tables.Whole(net.Plan.TotalParameters())} parameters of {file}");
        terminal.Answer(() => new JsonObject
        {
            ["command"] = "import",
            ["file"] = file,
            ["model"] = path,
            ["classes"] = Json.Strings(net.Levels),
            ["network"] = Layers.Json(net.Plan),
            ["notes"] = Json.Strings(Note.Summary(notes)),
        });
        return default;
    }
}
