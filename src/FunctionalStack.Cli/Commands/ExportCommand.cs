using System.CommandLine;
using System.Text.Json.Nodes;
using FunctionalStack.Cli.Nets;
using FunctionalStack.Cli.Options;
using FunctionalStack.Cli.Output;
using FunctionalStack.Cli.Writing;
using FunctionalStack.IO;
using FunctionalStack.Onnx;

namespace FunctionalStack.Cli.Commands;

/// <summary>Writes a saved model as an ONNX file.</summary>
internal static class ExportCommand
{
    private static readonly Option<string> Model = new("--model") { Description = "The model file.", Required = true };
    private static readonly Option<string> File = new("--onnx") { Description = "The ONNX file to write.", Required = true };

    public static Command Create(Func<Func<ParseResult, Terminal, Outcome<Done>>, Func<ParseResult, int>> run)
    {
        var command = new Command("export", "Write a saved model as an ONNX file: a whole stack, or a net.")
        {
            Model, File, Plugins.Plugin, Common.Json,
        };
        command.SetAction(run(Export));
        return command;
    }

    private static Outcome<Done> Export(ParseResult parsed, Terminal terminal)
    {
        var (path, file) = (parsed.GetRequiredValue(Model), parsed.GetRequiredValue(File));
        return from writable in OutputPaths.Check(parsed, [Model, Plugins.Plugin], [File])
               from catalogue in Plugins.Catalogue(parsed)
               let made = Made(path, catalogue)
               from exported in terminal.Noted(made)
               from saved in exported.Save(file)
               select Report(terminal, path, file, exported, made.Notes);
    }

    private static Outcome<OnnxModel> Made(string path, Catalogue catalogue) =>
        ModelFile.Tag(path).Bind(tag => tag is NetworkFile.NetworkTag or NetworkFile.CheckpointTag
            ? NetworkFile.Load(path).Bind(net => OnnxExport.Of(net.Model, net.Card))
            : ModelFile.Load(path, catalogue).Bind(OnnxExport.Of));

    private static Done Report(Terminal terminal, string path, string file, OnnxModel model, EquatableArray<Note> notes)
    {
        terminal.Print($"{file}: {model.Length} bytes, {model.NodeCount} nodes, {model.Inputs.Count} inputs, "
            + $"outputs {string.Join(" and ", model.Outputs)}; opset {OnnxModel.Opset}, ai.onnx.ml {OnnxModel.MachineLearningOpset}");
        terminal.Answer(() => new JsonObject
        {
            ["command"] = "export",
            ["model"] = path,
            ["file"] = file,
            ["opset"] = OnnxModel.Opset,
            ["bytes"] = model.Length,
            ["nodes"] = model.NodeCount,
            ["inputs"] = Json.Strings(model.Inputs),
            ["outputs"] = Json.Strings(model.Outputs),
            ["notes"] = Json.Strings(Note.Summary(notes)),
        });
        return default;
    }
}
