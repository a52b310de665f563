using System.CommandLine;
using System.Diagnostics;
using System.Text.Json.Nodes;
using FunctionalStack.Cli.Options;
using FunctionalStack.Cli.Output;
using FunctionalStack.Cli.Pages;
using FunctionalStack.Cli.Writing;
using FunctionalStack.IO;
using FunctionalStack.Reporting.Markup;
using FunctionalStack.Reporting.Parts;

namespace FunctionalStack.Cli.Commands;

/// <summary>Fits a model on all rows and writes it to a file, and the out-of-fold predictions if requested.</summary>
internal static class FitCommand
{
    private static readonly Option<string> Model = new("--model") { Description = "The model file to write.", Required = true };
    private static readonly Option<int?> Folds = Common.Optional("--folds", 2, int.MaxValue,
        "The number of folds for cross-fitting the bases, instead of that of the spec. By default that of the spec or of the default "
            + "stack.");
    private static readonly Option<string?> Oof =
        new("--oof") { Description = "A CSV file for the out-of-fold predictions, in row order." };

    public static Command Create(Func<Func<ParseResult, Terminal, Outcome<Done>>, Func<ParseResult, int>> run)
    {
        var command =
            new Command("fit", "Fit a model on all rows and write it to a file.") { Model, Oof, Folds, Wrappers.Conformal,
                Wrappers.Threshold, ReportOption.Report };
        foreach (var option in Inputs.Options) command.Add(option);
        command.Validators.Add(result => result.Require(Common.Data, Common.Target));
        command.SetAction(run(Fit));
        return command;
    }

    // All checks run before the fit.
    private static Outcome<Done> Fit(ParseResult parsed, Terminal terminal) =>
        from writable in OutputPaths.Check(parsed, [Common.Data, Common.Spec, Plugins.Plugin], [Oof, Model, ReportOption.Report])
        from read in Inputs.ReadToFit(parsed, terminal, parsed.GetValue(Folds))
        from learner in Wrappers.Around(read.Learner, parsed, read.Data.Roles, parsed.GetValue(Folds))
        let inputs = read with { Learner = learner }
        from named in parsed.GetValue(Oof) is null
            ? Outcome.Ok(default(Done)) : PredictionFrame.CheckOutOfFold(inputs.Learner, Beside(parsed, inputs))
        from done in LongRun.Within(parsed, inputs.Catalogue, terminal, run => Fit(parsed, terminal, inputs, run))
        select done;

    private static Outcome<Done> Fit(ParseResult parsed, Terminal terminal, Inputs inputs, LongRun run)
    {
        var watch = Stopwatch.StartNew();
        var outcome = inputs.Run(terminal, "fitting", progress =>
            run.Executor.Fit(inputs.Learner, inputs.Data, inputs.Root, progress, terminal.Cancellation));
        return from fitted in outcome
               from page in PageOf(parsed, inputs, run, fitted).Write(parsed, [.. inputs.Training.Remarks, .. fitted.Notes], watch)
               from written in Write(parsed, terminal, inputs, fitted)
               select Report(parsed, terminal, inputs, run, fitted, watch.Elapsed, page);
    }

    private static CommandPage PageOf(ParseResult parsed, Inputs inputs, LongRun run, Trained fitted)
    {
        var data = inputs.Data;
        return new($"Fit: {data.Roles.TargetName} of {Path.GetFileName(parsed.GetValue(Common.Data))}", Common.Data,
            CommandPage.FactsOf(data.Roles, data.Frame.Columns.Count),
            () => Explanation.Of(fitted, data, inputs.Root.Fork("report"), run.Executor).Map(explained => EquatableArray.Of(
                Reports.Parts(fitted, data, CommandPage.TimesOf(inputs, parsed), run.CostsOf(fitted),
                    ImportancePart.Of(explained, data.Target, $"Computed on {Figures.Rows(explained.Rows)} that the model was fitted on"
                        + (explained.Rows < data.RowCount ? ", drawn by the seed" : "")
                        + ". This is optimistic: a model knows these rows. Explain it on new rows for their importance there.")))));
    }

    private static LabelledRows Beside(ParseResult parsed, Inputs inputs) =>
        new(parsed.GetRequiredValue(Common.Target), inputs.Data.Target, parsed.GetValue(Common.Id), inputs.Training.Ids);

    // The out-of-fold file is written first, so that there is no model without it if the second write fails.
    private static Outcome<string> Write(ParseResult parsed, Terminal terminal, Inputs inputs, Trained fitted)
    {
        // The spec that was fitted, without the bases left out by the time budget.
        return from oof in parsed.GetValue(Oof) is { } path
                   ? PredictionFrame.WriteOutOfFold(path, fitted.OutOfFold, Beside(parsed, inputs), terminal.Cancellation)
                   : Outcome.Ok("")
               from model in ModelFile.SaveFit(parsed.GetRequiredValue(Model), fitted, inputs.Spec, inputs.Catalogue)
               select model;
    }

    private static Done Report(ParseResult parsed, Terminal terminal, Inputs inputs, LongRun run, Trained fitted, TimeSpan elapsed,
        string? page)
    {
        var (skipped, scores, notes) = (fitted.Skipped, fitted.Scores, fitted.Notes);
        terminal.Notes(notes);
        run.Print(terminal, skipped);
        foreach (var search in fitted.Searches) terminal.Print(Searches.Line(search));
        if (scores.Count > 0)
        {
            var partly = scores.Any(score => score.OutOfFold.Rows.Count < inputs.Data.RowCount);
            terminal.Print($"out-of-fold scores{(partly ? "" : " over all rows")} (stack: the meta-learner, cross-fitted on the "
                + "out-of-fold predictions of the bases)");
            if (partly)
                terminal.Print($"the folds leave some of the {Tables.Rows(inputs.Data.RowCount)} without a prediction; the last column has "
                    + "the rows of each score");
            terminal.Print(Tables.Scores(scores, inputs.Data.Target, terminal.Width, withRows: partly));
        }

        var additions = CardMetadata.Of(fitted);
        foreach (var line in Wrappers.Lines(additions)) terminal.Print(line);
        CommandPage.Print(terminal, page);
        terminal.Print($"{parsed.GetValue(Model)}: written, {elapsed.TotalSeconds:F1} s");
        terminal.Answer(() =>
        {
            var answer = new JsonObject { ["command"] = "fit", ["model"] = parsed.GetValue(Model) }.Describe(inputs.Data.Roles);
            answer["seed"] = inputs.Seed;
            answer["models"] = Json.Models(scores, withRows: true);
            Searches.Describe(answer, fitted.Searches.Select(one => Searches.Json(one, null)));
            Wrappers.Describe(answer, additions);
            answer["seconds"] = Json.Number(Math.Round(elapsed.TotalSeconds, 3));
            run.Describe(answer, skipped);
            CommandPage.Describe(answer, page);
            answer["reading"] = ColumnReadings.Json(inputs.Training.Reading);
            answer["notes"] = Json.Strings(Note.Summary([.. inputs.Training.Remarks, .. notes]));
            return answer;
        });
        return default;
    }
}
