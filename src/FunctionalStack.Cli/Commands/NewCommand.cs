using System.CommandLine;
using System.Text;
using System.Text.Json.Nodes;
using FunctionalStack.Cli.Options;
using FunctionalStack.Cli.Output;
using FunctionalStack.Cli.Writing;
using FunctionalStack.IO;

namespace FunctionalStack.Cli.Commands;

/// <summary>Writes the default stack for a table as a spec with comments, to be changed by hand.</summary>
internal static class NewCommand
{
    private static readonly Option<string> To = new("--out")
    {
        Description = "The spec file to write, or '-' for standard output.",
        DefaultValueFactory = _ => StandardStream.Dash,
    };

    public static Command Create(Func<Func<ParseResult, Terminal, Outcome<Done>>, Func<ParseResult, int>> run)
    {
        var command = new Command("new", "Write the default stack for a table as a spec with comments, to be changed by hand.")
        {
            Common.Data, Common.Target, Common.Id, Common.Weights, Common.WeightsKind, Common.Groups, Common.FoldColumn, Common.Time,
            Common.Gap, Common.Task, Common.Ordinal, Common.Categorical, To, Common.Json,
        };
        foreach (var option in TextFormats.Detected.All) command.Add(option);
        command.Validators.Add(result =>
        {
            result.Require(Common.Data, Common.Target);
            if ((!result.IsGiven(To) || result.GetValue(To) == StandardStream.Dash) && result.GetValue(Common.Json))
                result.AddError("--json and the spec would both go to standard output. Give --out a file.");
        });
        command.SetAction(run(Write));
        return command;
    }

    private static Outcome<Done> Write(ParseResult parsed, Terminal terminal) =>
        from writable in OutputPaths.Check(parsed, [Common.Data], [To], dash: To)
        from inputs in Inputs.ReadToFit(parsed, terminal, null)
        let to = parsed.GetValue(To)!
        let spec = inputs.Spec.Root is NodeSpec.Stack { Folds: null } ? inputs.Spec.WithFolds(new FoldsSpec()) : inputs.Spec
        from text in SpecFile.WriteCommented(spec, Title(parsed, inputs), inputs.Catalogue)
        from written in to == StandardStream.Dash
            ? Outcome.Ok(to) : AtomicFile.Write(to, stream => stream.Write(Encoding.UTF8.GetBytes(text + "\n")))
        select Report(terminal, inputs, spec, to, text);

    private static string Title(ParseResult parsed, Inputs inputs)
    {
        var (file, target) = (parsed.GetRequiredValue(Common.Data), parsed.GetRequiredValue(Common.Target));
        var spec = parsed.GetValue(To) is { } to && to != StandardStream.Dash ? to : "spec.json";
        string[] given = [.. CommandText.Given(parsed, To, Common.Json)];
        return string.Join("\n     ",
        [
            $"The default stack for {file}: {Inputs.Described(inputs.Data, target)}.",
            .. inputs.Training.Reading.Lines,
            // With all options that were given here: an id column, for example, would otherwise become a feature.
            $"Compare its bases:  {CommandText.Of(["evaluate", .. given, "--spec", spec])}",
            $"Fit and save it:    {CommandText.Of(["fit", .. given, "--spec", spec, "--model", "model.fstack"])}",
            "Comments are allowed in spec files. The page docs/spec.md of FunctionalStack describes every learner and parameter.",
        ]);
    }

    private static Done Report(Terminal terminal, Inputs inputs, StackSpec spec, string to, string text)
    {
        string[] bases = spec.Root is NodeSpec.Stack stack ? [.. stack.Bases.Select(one => one.Name)] : [];
        if (to == StandardStream.Dash) terminal.Print(text);
        else terminal.Print($"{to}: a stack of {string.Join(", ", bases)}");
        terminal.Answer(() =>
        {
            var answer = new JsonObject { ["command"] = "new" }.Describe(inputs.Data.Roles);
            answer["out"] = to;
            answer["bases"] = Json.Strings(bases);
            answer["reading"] = ColumnReadings.Json(inputs.Training.Reading);
            answer["notes"] = Json.Strings(Note.Summary(inputs.Training.Remarks));
            return answer;
        });
        return default;
    }
}
