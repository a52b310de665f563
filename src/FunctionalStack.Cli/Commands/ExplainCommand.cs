using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using FunctionalStack.Cli.Options;
using FunctionalStack.Cli.Output;
using FunctionalStack.Cli.Pages;
using FunctionalStack.Cli.Writing;
using FunctionalStack.Learners;
using FunctionalStack.Reporting.Markup;
using FunctionalStack.Reporting.Parts;
using Spectre.Console;

namespace FunctionalStack.Cli.Commands;

/// <summary>Explains a saved model: permutation importance, Shapley values, partial dependence.</summary>
internal static class ExplainCommand
{
    // The columns of a table in text output. JSON has all.
    private const int MostColumns = 30;

    private static readonly Option<int?> Rows =
        Common.Optional("--rows", 1, int.MaxValue, "The number of rows to use, drawn by the seed. By default all rows.");
    private static readonly Option<int> Repeats =
        Common.Whole("--repeats", 1, 1000, 5, "The number of permutations of each column.");
    private static readonly Option<string[]> Partial = new("--partial")
    {
        Description = "A column whose partial dependence is computed. May be repeated.",
        DefaultValueFactory = _ => [],
    };
    private static readonly Option<int?> ShapRows = Common.Optional("--shap", 1, int.MaxValue,
        $"The number of rows, drawn by the seed, whose Shapley values are sampled. For any model. By default, models of trees have exact "
            + "values of all rows, and others none.");
    private static readonly Option<string?> To = new("--out")
    {
        Description =
            "The file to write with the Shapley values of each row of --shap: Parquet for .parquet, Arrow for .arrow and .feather, "
            + "otherwise CSV.",
    };

    public static Command Create(Func<Func<ParseResult, Terminal, Outcome<Done>>, Func<ParseResult, int>> run)
    {
        var command = new Command("explain", "Explain a saved model by the importance of its columns.")
        {
            Rows, Repeats, Partial, ShapRows, To, ReportOption.Report,
        };
        foreach (var option in TestRows.Options) command.Add(option);
        command.Validators.Add(result =>
        {
            result.Require(Common.Data);
            if (result.GetValue(To) is { } to && result.GetValue(ShapRows) is null)
                result.AddError("--out is for the rows of --shap. Give --shap too.");
        });
        command.SetAction(run((parsed, terminal) => TestRows.Check(parsed, To).Bind(_ => TestRows.Read(parsed, terminal))
            .Bind(rows => Checked(parsed, rows))
            .Bind(rows => parsed.GetValue(To) is null ? Outcome.Ok(rows) : ShapleyRows.Check(rows)).Bind(rows =>
            Explain(parsed, terminal,
                parsed.GetValue(Rows) is { } most ? rows.Drawn(most, SeedOf(parsed)) : rows))));
        return command;
    }

    // Before any prediction: an unknown column is refused without one.
    private static Outcome<TestRows> Checked(ParseResult parsed, TestRows rows) =>
        parsed.GetValue(Partial)!.FirstOrDefault(column => !rows.Data.Frame.Names.Contains(column)) is { } unknown
            && rows.Model.PartialDependence(rows.Data.Frame, unknown) is Outcome<PartialDependence>.Fail { Failure: var failure }
            ? new Outcome<TestRows>.Fail(WhatIsWrong(rows, unknown) is { } what ? failure with { What = what } : failure).At("--partial")
            : Outcome.Ok(rows);

    // What is wrong with a column of the file that is no date, and that the model does not read.
    private static string? WhatIsWrong(TestRows rows, string column) =>
        rows.Data.Frame.Columns.Any(one => one.Source == column) ? null
        : column == rows.Target ? "is the target, which the model does not read"
        : rows.Header.Contains(column) ? $"is in {rows.File}, but the model does not read it"
        : null;

    private static Seed SeedOf(ParseResult parsed) => Seed.Of(parsed.GetValue(Common.Seed));

    private static Outcome<Done> Explain(ParseResult parsed, Terminal terminal, TestRows rows)
    {
        var (watch, executor) = (Stopwatch.StartNew(), Executor.Threads(parsed.GetValue(Common.Threads)));
        var outcome = terminal.Progress("permuting", progress => rows.Model.PermutationImportance(
            rows.Data, SeedOf(parsed).Fork("importance"), parsed.GetValue(Repeats), executor, progress)).At(rows.File);
        return from importance in terminal.Noted(outcome)
               from sampled in Sampled(parsed, terminal, rows, executor)
               from shap in sampled is null ? Explanation.ShapOf(rows.Model, rows.Data.Frame) : Outcome.Ok<ShapMeans?>(sampled.Means)
               from partial in Outcome.All(parsed.GetValue(Partial)!.Select(column =>
                   rows.Model.PartialDependence(rows.Data.Frame, column, executor: executor))).At("--partial")
               let notes = (EquatableArray<Note>)[.. rows.Notes, .. outcome.Notes]
               from page in PageOf(parsed, rows, importance, shap, partial, executor).Write(parsed, notes, watch)
               from written in Written(parsed, terminal, sampled)
               select Report(terminal, rows, importance, (shap, sampled), partial, notes, watch.Elapsed, page, parsed.GetValue(To));
    }

    private static Outcome<ShapleyRows?> Sampled(ParseResult parsed, Terminal terminal, TestRows rows, IExecutor executor) =>
        parsed.GetValue(ShapRows) is { } count
            ? terminal.Progress("explaining", progress => ShapleyRows.Of(rows, count, SeedOf(parsed).Fork("shap"), executor, progress))
                .Map<ShapleyRows?>(found => found)
            : Outcome.Ok<ShapleyRows?>(null);

    private static Outcome<Done> Written(ParseResult parsed, Terminal terminal, ShapleyRows? sampled) =>
        sampled is null || parsed.GetValue(To) is not { } to ? Outcome.Ok(default(Done))
        : sampled.ToFrame().Bind(frame => FrameFile.Write(to, frame, terminal.Cancellation)).Map(_ => default(Done));

    // Without --partial, the report has the partial dependence of the leading columns.
    private static CommandPage PageOf(ParseResult parsed, TestRows rows, EquatableArray<ColumnImportance> importance, ShapMeans? shap,
        EquatableArray<PartialDependence> partial, IExecutor executor) => new(
        $"Explanation: {rows.Target} of {Path.GetFileName(rows.File)}", Common.Data,
        [("model", PlainText.Name(rows.Path, 60)), .. CommandPage.FactsOf(rows.Data.Roles, rows.Data.Frame.Columns.Count)],
        () => (partial.Count > 0 ? Outcome.Ok(partial)
                : Explanation.Leading(rows.Model, rows.Data, importance, SeedOf(parsed).Fork("report"), executor))
            .Map(drawn => EquatableArray.Of(
                ImportancePart.Of(new(rows.Data.RowCount, importance, shap, drawn), rows.Data.Target,
                    $"Computed on {Figures.Rows(rows.Data.RowCount)} with {Figures.Counted(parsed.GetValue(Repeats), "permutation")} of "
                        + "each column. Use rows that the model was not fitted on."),
                DataPart.Of(rows.Data, DataPart.Against))));

    private static Done Report(Terminal terminal, TestRows rows, EquatableArray<ColumnImportance> importance,
        (ShapMeans? Means, ShapleyRows? Rows) shap, EquatableArray<PartialDependence> partial, EquatableArray<Note> notes, TimeSpan elapsed,
        string? page, string? to)
    {
        var metric = Metric.Leading(rows.Data.Target).Name;
        var sorted = importance.OrderByDescending(one => one.Mean).ToArray();
        terminal.Print($"{rows.Path} on {rows.File}: {Tables.Rows(rows.Data.RowCount)}");
        Print("permutation importance", $"increase of {Tables.Title(metric)}", [.. sorted.Select(one =>
            (one.Column, $"{Tables.Fixed(one.Mean)} ± {Tables.Fixed(one.Std)}"))]);
        if (shap.Means is { } means)
        {
            Print(shap.Rows is { } sampled
                    ? $"Shapley values of {Tables.Rows(sampled.Predicted.Count)}, in the unit of the prediction"
                    : "Shapley values of the columns that the trees read, in the unit of the raw score", "mean absolute value",
                [.. means.Columns.Select(one => (one.Column, Tables.Fixed(one.Mean)))]);
        }

        foreach (var one in partial)
        {
            Print($"partial dependence on {one.Column}",
                one.Levels.Count == 0 ? "mean prediction" : $"mean probability of {Tables.Levels(one.Levels)}",
                [.. Enumerable.Range(0, one.Grid.Count).Select(at => (Text(one, at),
                    string.Join(", ", Means(one, at).Select(mean => Tables.Fixed(mean)))))]);
        }

        if (to is not null) terminal.Print($"{to}: the Shapley values of {Tables.Rows(shap.Rows!.Predicted.Count)}");
        CommandPage.Print(terminal, page);
        terminal.Answer(() =>
        {
            var answer = new JsonObject
            {
                ["command"] = "explain",
                ["model"] = rows.Path,
                ["rows"] = rows.Data.RowCount,
                ["metric"] = metric,
                ["importance"] = new JsonArray([.. sorted.Select(one => (JsonNode)new JsonObject
            {
                    ["column"] = one.Column,
                    ["mean"] = Json.Number(one.Mean),
                    ["std"] = Json.Number(one.Std),
                })]),
                ["shap"] = shap.Means is null ? null : new JsonArray([.. shap.Means.Columns.Select(one =>
                    (JsonNode)new JsonObject { ["column"] = one.Column, ["mean"] = Json.Number(one.Mean) })]),
                ["partial"] = new JsonArray([.. partial.Select(Described)]),
                ["seconds"] = Json.Number(Math.Round(elapsed.TotalSeconds, 3)),
                ["notes"] = Json.Strings(Note.Summary(notes)),
            };
            if (shap.Rows is not null) answer["shapRows"] = shap.Rows.Predicted.Count;
            if (to is not null) answer["out"] = to;
            CommandPage.Describe(answer, page);
            return answer;
        });
        return default;

        void Print(string title, string heading, (string Name, string Value)[] lines)
        {
            var table = new Table().Border(TableBorder.Rounded).AddColumn("column")
                .AddColumn(new TableColumn(Markup.Escape(heading)).RightAligned());
            foreach (var (name, value) in lines.Take(MostColumns)) table.AddRow(Tables.Name(name), value);
            terminal.Print(title + (lines.Length > MostColumns ? $" (the first {MostColumns}; --json has all)" : ""));
            terminal.Print(table);
        }
    }

    private static JsonNode Described(PartialDependence one)
    {
        var json = new JsonObject { ["column"] = one.Column };
        json["grid"] = one.Grid is Column.Numeric numbers
            ? Json.Numbers(numbers.ToArray()) : Json.Strings(Enumerable.Range(0, one.Grid.Count).Select(at => Text(one, at)));
        json["mean"] = one.Levels.Count == 0
            ? Json.Numbers(one.Mean)
            : new JsonObject(one.Levels.Select((level, k) => KeyValuePair.Create(level, (JsonNode?)Json.Numbers(
                Enumerable.Range(0, one.Grid.Count).Select(at => Means(one, at)[k])))));
        return json;
    }

    private static double[] Means(PartialDependence one, int at)
    {
        var outputs = Math.Max(one.Levels.Count, 1);
        return one.Mean.AsSpan().Slice(at * outputs, outputs).ToArray();
    }

    private static string Text(PartialDependence one, int at) => one.Grid switch
    {
        Column.Categorical categories => categories.Levels[categories.ToArray()[at]],
        Column.Numeric numbers => numbers[at].ToString("R", CultureInfo.InvariantCulture),
        _ => throw new InvalidOperationException(),
    };
}
