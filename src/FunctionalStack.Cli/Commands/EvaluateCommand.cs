using System.CommandLine;
using System.Diagnostics;
using System.Text.Json.Nodes;
using FunctionalStack.Cli.Options;
using FunctionalStack.Cli.Output;
using FunctionalStack.Cli.Pages;
using FunctionalStack.Cli.Writing;
using FunctionalStack.IO;
using FunctionalStack.Reporting.Parts;

namespace FunctionalStack.Cli.Commands;

/// <summary>Cross-validates every base and the stack.</summary>
internal static class EvaluateCommand
{
    private static readonly Option<int> Folds =
        Common.Whole("--folds", 2, int.MaxValue, 5, "The number of outer folds, stratified for classes and shuffled by the seed.");
    private static readonly Option<int> Repeats =
        Common.Whole("--repeats", 1, int.MaxValue, 1, "The number of repeats with reshuffled outer folds.");

    public static Command Create(Func<Func<ParseResult, Terminal, Outcome<Done>>, Func<ParseResult, int>> run)
    {
        var command = new Command("evaluate", "Score every base and the stack on held-out rows, or a net on images.")
        {
            Folds, Repeats, LearningCurves.Option, ReportOption.Report,
        };
        foreach (var option in Inputs.Options.Union(EvaluateImages.Options)) command.Add(option);
        command.Validators.Add(result =>
        {
            if (result.GetValue(EvaluateImages.Images) is null) EvaluateImages.Without(result);
            else EvaluateImages.Check(result, Folds, [Repeats, LearningCurves.Option, .. Inputs.Options]);
        });
        command.SetAction(run((parsed, terminal) => parsed.GetValue(EvaluateImages.Images) is { } images
            ? EvaluateImages.Run(parsed, terminal, images, parsed.GetValue(Folds))
            : Evaluate(parsed, terminal)));
        return command;
    }

    private static Outcome<Done> Evaluate(ParseResult parsed, Terminal terminal) =>
        Refuse(parsed) ?? OutputPaths.Check(parsed, [Common.Data, Common.Spec, Plugins.Plugin], [ReportOption.Report])
            .Bind(_ => Inputs.Read(parsed, terminal)).Bind(inputs => LongRun.Within(parsed, inputs.Catalogue, terminal, run =>
    {
        var watch = Stopwatch.StartNew();
        var plan = Plan(parsed);
        var evaluation = inputs.Run(terminal, "evaluating", progress =>
            parsed.GetValue(LearningCurves.Option)
                ? run.Executor.LearningCurve(inputs.Learner, inputs.Data, plan, inputs.Root, default, progress, terminal.Cancellation)
                : run.Executor.Evaluate(inputs.Learner, inputs.Data, plan, inputs.Root, progress, terminal.Cancellation));
        return from found in evaluation
               from page in PageOf(parsed, inputs, run, found).Write(parsed, [.. inputs.Training.Remarks, .. evaluation.Notes], watch)
               select Report(terminal, parsed, inputs, run, found, evaluation.Notes, watch.Elapsed, page);
    }));

    private static CommandPage PageOf(ParseResult parsed, Inputs inputs, LongRun run, Evaluation found) => new(
        $"Evaluation: {inputs.Data.Roles.TargetName} of {Path.GetFileName(parsed.GetValue(Common.Data))}", Common.Data,
        CommandPage.FactsOf(inputs.Data.Roles, inputs.Data.Frame.Columns.Count),
        () => Outcome.Ok(EquatableArray.Of(Reports.Parts(found, inputs.Data, CommandPage.TimesOf(inputs, parsed),
            run.CostsOf(found, inputs.Learner)))));

    // An option without effect is an error, so that it is not ignored silently.
    private static Outcome<Done>? Refuse(ParseResult parsed)
    {
        foreach (var option in new Option[] { Folds, Repeats })
        {
            if (parsed.GetValue(Common.FoldColumn) is { } column && parsed.IsGiven(option))
            {
                return Outcome.Fail<Done>(option.Name, $"the folds are given by the fold column '{column}'",
                    $"Leave out {option.Name} or --fold-column.");
            }
        }

        if (parsed.GetValue(Repeats) > 1 && parsed.GetValue(Common.Time) is not null)
        {
            return Outcome.Fail<Done>(
                "--repeats", "time-ordered folds are not shuffled, so every repeat has the same folds", "Leave out --repeats or --time.");
        }

        return parsed.GetValue(Repeats) > 1 && parsed.GetValue(Common.Groups) is not null
            ? Outcome.Fail<Done>("--repeats", "group folds are not shuffled, so every repeat has the same folds",
                "Leave out --repeats or --groups.")
            : null;
    }

    private static FoldPlan Plan(ParseResult parsed)
    {
        if (parsed.GetValue(Common.FoldColumn) is not null) return new FoldPlan.Given();
        var once = new FoldPlan.Usual(parsed.GetValue(Folds));
        return parsed.GetValue(Repeats) is var times and > 1 ? new FoldPlan.Repeated(once, times, Shuffle.ByFit) : once;
    }

    private static Done Report(Terminal terminal, ParseResult parsed, Inputs inputs, LongRun run, Evaluation found,
        EquatableArray<Note> notes, TimeSpan elapsed, string? page)
    {
        var data = inputs.Data;
        terminal.Notes(notes);
        run.Print(terminal, found.Skipped);
        terminal.Print($"{parsed.GetValue(Common.Data)}: {Inputs.Described(data, parsed.GetRequiredValue(Common.Target))}; "
            + $"{found.Folds.Count} outer folds, mean ± standard deviation");
        var near = found.WithinOneStandardError(data.Target);
        terminal.Print(Tables.Scores(found.Models, data.Target, terminal.Width, near.Count > 1 ? near : null));
        if (near.Count > 1)
            terminal.Print(
                $"* within one standard error of the best {Tables.Title(Metric.Leading(data.Target).Name)}: these folds do not "
                    + "distinguish them");
        if (Gains.Text(found, data.Target) is { } gain) terminal.Print(gain);
        var time = inputs.TimeOf(parsed);
        if (Periods.Table(found, data, time) is { } periods)
        {
            terminal.Print("by time of the held-out rows");
            terminal.Print(periods);
        }

        if (LearningCurves.Table(found, data.Target) is { } curve)
        {
            terminal.Print($"learning curve of the {found.Final.Name}: {Tables.Title(Metric.Leading(data.Target).Name)} by training rows");
            terminal.Print(curve);
        }

        foreach (var (title, table) in Searches.Tables(found.Searches))
        {
            terminal.Print(title);
            terminal.Print(table);
        }

        CommandPage.Print(terminal, page);
        terminal.Print($"{elapsed.TotalSeconds:F1} s");
        terminal.Answer(() =>
        {
            var answer = new JsonObject { ["command"] = "evaluate" }.Describe(data.Roles);
            answer["folds"] = found.Folds.Count;
            answer["seed"] = inputs.Seed;
            answer["seconds"] = Json.Number(Math.Round(elapsed.TotalSeconds, 3));
            answer["models"] = Json.Models(found.Models, near);
            answer["comparison"] = Comparisons.Json(found, data.Target);
            answer["simplest"] = found.Simplest(data.Target)?.Name;
            if (Periods.Json(found, data, time) is { } byTime) answer["periods"] = byTime;
            if (found.LearningCurve.Count > 0) answer["learningCurve"] = LearningCurves.Json(found);
            Searches.Describe(answer, found.Searches.SelectMany((fold, i) => fold.Select(one => Searches.Json(one, i + 1))));
            run.Describe(answer, found.Skipped);
            CommandPage.Describe(answer, page);
            answer["reading"] = ColumnReadings.Json(inputs.Training.Reading);
            answer["notes"] = Json.Strings(Note.Summary([.. inputs.Training.Remarks, .. notes]));
            return answer;
        });
        return default;
    }
}
