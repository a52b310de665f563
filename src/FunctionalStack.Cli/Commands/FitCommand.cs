using System.CommandLine;
using System.Diagnostics;
using System.Text.Json.Nodes;
using FunctionalStack.Cli.Output;
using FunctionalStack.IO;

namespace FunctionalStack.Cli.Commands;

/// <summary>Fits a model on all rows and writes it, with out-of-fold predictions where asked for.</summary>
internal static class FitCommand
{
    private static readonly Option<string> Model = new("--model") { Description = "The model file to write.", Required = true };
    private static readonly Option<int> Folds = Common.Whole("--folds", 2, int.MaxValue, 5, "How many folds bases are cross-fitted by; without it, as the spec says, or 5.");
    private static readonly Option<string?> Oof = new("--oof") { Description = "A CSV to write the out-of-fold predictions to, in row order." };

    public static Command Create(Func<Func<ParseResult, Terminal, Outcome<Done>>, Func<ParseResult, int>> run)
    {
        var command = new Command("fit", "Fit a model on all rows and write it to a file.") { Model, Oof, Folds };
        foreach (var option in Inputs.Options) command.Add(option);
        command.Validators.Add(result => result.Require(Common.Data, Common.Target));
        command.SetAction(run(Fit));
        return command;
    }

    // Whatever can be refused is refused before the long work.
    private static Outcome<Done> Fit(ParseResult parsed, Terminal terminal) =>
        from writable in Outputs.Check(parsed, [Common.Data, Common.Spec, Plugins.Plugin], [Oof, Model])
        from inputs in Inputs.ReadToFit(parsed, terminal, parsed.IsGiven(Folds) ? parsed.GetValue(Folds) : null)
        from named in parsed.GetValue(Oof) is null ? Outcome.Ok(default(Done)) : PredictionFrame.CheckOutOfFold(inputs.Learner, Beside(parsed, inputs))
        from done in LongRun.Within(parsed, inputs.Catalogue, run => Fit(parsed, terminal, inputs, run))
        select done;

    private static Outcome<Done> Fit(ParseResult parsed, Terminal terminal, Inputs inputs, LongRun run)
    {
        var watch = Stopwatch.StartNew();
        var outcome = inputs.Run(terminal, "fitting", progress =>
            run.Executor.Fit(inputs.Learner, inputs.Data, inputs.Root, progress, terminal.Cancellation));
        return from fitted in outcome
               from written in Write(parsed, terminal, inputs, fitted)
               select Report(parsed, terminal, inputs, run, fitted, watch.Elapsed);
    }

    private static LabelledRows Beside(ParseResult parsed, Inputs inputs) =>
        new(parsed.GetRequiredValue(Common.Target), inputs.Data.Target, parsed.GetValue(Common.Id), inputs.Training.Ids);

    // The out-of-fold file first: should the second fail, no model stands there without what was asked for beside it.
    private static Outcome<string> Write(ParseResult parsed, Terminal terminal, Inputs inputs, Trained fitted)
    {
        var data = inputs.Data;
        var card = ModelCard.Of(data, parsed.GetRequiredValue(Common.Target), inputs.Seed) with
        {
            IdColumn = parsed.GetValue(Common.Id),
            // What was fitted, whatever was asked for.
            Spec = SpecFile.Write(inputs.Spec.Without(fitted.Skipped), inputs.Catalogue).OrThrow(),
            Scores = EquatableArray.From(fitted.Scores.SelectMany(contender => contender.Scores.Select(score =>
                new ScoreCard(contender.Name, contender.Role, score.Metric, score.Mean, double.NaN)))),
        };
        return from oof in parsed.GetValue(Oof) is { } path
                   ? PredictionFrame.WriteOutOfFold(path, fitted.OutOfFold, Beside(parsed, inputs), terminal.Cancellation)
                   : Outcome.Ok("")
               from model in ModelFile.TrySave(parsed.GetRequiredValue(Model), fitted.Model, card, inputs.Catalogue)
               select model;
    }

    private static Done Report(ParseResult parsed, Terminal terminal, Inputs inputs, LongRun run, Trained fitted, TimeSpan elapsed)
    {
        var (skipped, scores, notes) = (fitted.Skipped, fitted.Scores, fitted.Notes);
        terminal.Notes(notes);
        run.Tell(terminal, skipped);
        if (scores.Count > 0)
        {
            terminal.Say("out of fold, over all rows (the stack: its meta learner, cross-fitted on the bases' out-of-fold predictions)");
            terminal.Say(Tables.Scores(scores, inputs.Data.Target, terminal.Width));
        }

        terminal.Say($"{parsed.GetValue(Model)}: written, {elapsed.TotalSeconds:F1} s");
        terminal.Answer(() =>
        {
            var answer = new JsonObject { ["command"] = "fit", ["model"] = parsed.GetValue(Model) }.Describe(inputs.Data.Roles);
            answer["seed"] = inputs.Seed;
            answer["models"] = Json.Models(scores);
            answer["seconds"] = Json.Number(Math.Round(elapsed.TotalSeconds, 3));
            run.Tell(answer, skipped);
            answer["reading"] = Readings.Json(inputs.Training.Reading);
            answer["notes"] = Json.Strings(Note.Summary([.. inputs.Training.Remarks, .. notes]));
            return answer;
        });
        return default;
    }
}
