using System.CommandLine;
using System.Text.Json.Nodes;
using FunctionalStack.Cli.Demos;
using FunctionalStack.Cli.Nets;
using FunctionalStack.Cli.Output;
using FunctionalStack.Demos;
using FunctionalStack.Demos.Pictures;
using FunctionalStack.IO;

namespace FunctionalStack.Cli.Commands;

/// <summary>The reference experiments, on embedded data unless files are given.</summary>
internal static class DemoCommand
{
    private static readonly string[] Names = ["iris", "titanic", "digits", "mnist", "batchnorm", "otto"];

    private static readonly Argument<string?> Name = Named();
    private static readonly Option<string?> Report = new("--report") { Description = "A folder to draw pictures into; made if absent." };
    private static readonly Option<string?> Data = new("--data") { Description = "titanic: Kaggle's train.csv, in place of the embedded passengers; mnist: the folder of its files, in place of the fetched ones; batchnorm: mnist, fashion or a folder of images, in place of the embedded digits; otto: Kaggle's train.csv or its folder, in place of products made up." };
    private static readonly Option<int?> Rows = new("--rows") { Description = $"otto: how many products to take, {OttoExperiment.GeneratedRows} made up or all of a file unless given." };
    private static readonly Option<string?> Test = new("--test") { Description = "titanic: Kaggle's test.csv, to go with --data." };
    private static readonly Option<string> Submission = new("--submission") { Description = "titanic on Kaggle's files: the submission to write.", DefaultValueFactory = _ => "submission.csv" };
    private static readonly Option<int> Epochs = Common.Whole("--epochs", 1, int.MaxValue, MnistExperiment.Epochs, $"mnist, digits, batchnorm: times that all training images are seen; digits {DigitsExperiment.Epochs}, batchnorm {BatchNormExperiment.Epochs} unless given.");

    public static Command Create(Func<Func<ParseResult, Terminal, Outcome<Done>>, Func<ParseResult, int>> run)
    {
        var command = new Command("demo", $"Run the reference experiments: {string.Join(", ", Names)}; without a name iris, then titanic.") { Name, Report, Data, Test, Submission, Epochs, Rows, Backends.Backend, Backends.Precision, Common.Seed, Common.Threads, Common.Json };
        foreach (var option in LongRun.Keeping) command.Options.Add(option);
        command.Validators.Add(result =>
        {
            // Asking for its value here would keep the argument's own check from running.
            var (name, data) = (result.GetResult(Name)?.Tokens is [var token] ? token.Value : null, result.GetValue(Data));
            if (data is not null && name is "iris" or "digits") result.AddError($"--data is for titanic, mnist, batchnorm and otto; {name} is embedded.");
            else if (name is "mnist" or "batchnorm" or "otto" && result.GetValue(Test) is not null) result.AddError($"--test is for titanic; of {name}, --data names the folder of all files.");
            else if (name is not ("mnist" or "batchnorm" or "otto") && (data is null) != (result.GetValue(Test) is null)) result.AddError("--data and --test go together; give both or neither.");
            if (result.GetValue(Rows) is { } rows && (name != "otto" || rows < OttoExperiment.LeastRows)) result.AddError(name == "otto" ? $"--rows is {rows}; give at least {OttoExperiment.LeastRows}." : "--rows is for otto.");
            foreach (var (options, demos, words) in ((Option[], string[], string)[])
            [
                (LongRun.Keeping, ["otto"], "otto"),
                ([Epochs, Backends.Backend, Backends.Precision], ["mnist", "digits", "batchnorm"], "mnist, digits and batchnorm"),
            ])
            {
                foreach (var option in options)
                {
                    if (result.IsGiven(option) && !demos.Contains(name)) result.AddError($"{option.Name} is for {words}.");
                }
            }
        });
        command.SetAction(run(Run));
        return command;
    }

    // Pictures that cannot be written, and files that a submission would replace, are told before the work.
    private static Outcome<Done> Run(ParseResult parsed, Terminal terminal) =>
        from folder in parsed.GetValue(Report) is { } report ? PictureFile.Folder(report).Bind(made => AtomicFile.Check(Path.Combine(made, "picture.png"))) : Outcome.Ok("")
        from writable in parsed.GetValue(Test) is null ? Outcome.Ok(default(Done)) : Outputs.Check(parsed, [Data, Test], [Submission])
        from done in RunNamed(parsed, terminal)
        select done;

    private static Outcome<Done> RunNamed(ParseResult parsed, Terminal terminal) => parsed.GetValue(Name) switch
    {
        { } name => Run(name, parsed, terminal).Map(demo => Answer(terminal, parsed, name, demo)),
        null => from iris in Run("iris", parsed, terminal)
                from titanic in Run("titanic", parsed, terminal)
                select Answer(terminal, parsed, "all", new JsonObject { ["models"] = new JsonArray([.. Models(iris), .. Models(titanic)]), ["demos"] = new JsonArray(iris, titanic) }),
    };

    /// <summary>One experiment; the JSON object's fields without those that all have.</summary>
    private static Outcome<JsonObject> Run(string name, ParseResult parsed, Terminal terminal)
    {
        var (number, threads, report) = (parsed.GetValue(Common.Seed), parsed.GetValue(Common.Threads), parsed.GetValue(Report));
        var (seed, executor) = (Seed.Of(number), Executor.Threads(threads));
        var place = new BackendRequest(parsed, terminal);
        return name switch
        {
            "iris" => IrisDemo.Run(terminal, executor, seed, report),
            "titanic" => Titanic(parsed, terminal, executor, seed),
            "digits" => DigitsDemo.Run(terminal, place, threads, parsed.IsGiven(Epochs) ? parsed.GetValue(Epochs) : DigitsExperiment.Epochs, seed, report),
            "mnist" => MnistDemo.Run(terminal, place, parsed.GetValue(Data) ?? "mnist", parsed.GetValue(Epochs), number, report),
            "batchnorm" => BatchNormDemo.Run(terminal, place, threads, parsed.GetValue(Data), parsed.IsGiven(Epochs) ? parsed.GetValue(Epochs) : BatchNormExperiment.Epochs, seed, report),
            "otto" => LongRun.Within(parsed, Library.Catalogue, run => Otto(parsed, terminal, run, seed)),
            _ => throw new ArgumentException($"no demo is called '{name}'", nameof(name)),
        };
    }

    private static Outcome<JsonObject> Titanic(ParseResult parsed, Terminal terminal, IExecutor executor, Seed seed) =>
        from data in parsed.GetValue(Data) is { } train ? TitanicData.Files(train, parsed.GetValue(Test)!) : TitanicData.Embedded(seed.Fork("set aside"))
        from answer in TitanicDemo.Run(terminal, executor, data, seed, parsed.GetValue(Data) is null ? null : parsed.GetValue(Submission))
        select answer;

    private static Outcome<JsonObject> Otto(ParseResult parsed, Terminal terminal, LongRun run, Seed seed) =>
        from data in parsed.GetValue(Data) is { } path ? OttoData.Files(path, parsed.GetValue(Rows), seed) : OttoData.Generated(parsed.GetValue(Rows) ?? OttoExperiment.GeneratedRows, seed)
        from answer in OttoDemo.Run(terminal, run.Executor, data, OttoStack.Of(seed.Fork("folds")), seed, parsed.GetValue(Report))
        select Predicted(terminal, run, answer);

    private static JsonObject Predicted(Terminal terminal, LongRun run, JsonObject answer)
    {
        run.Tell(terminal, default);
        run.Tell(answer, default);
        return answer;
    }

    private static Done Answer(Terminal terminal, ParseResult parsed, string name, JsonObject demo)
    {
        terminal.Answer(() =>
        {
            var answer = new JsonObject { ["command"] = "demo", ["demo"] = name, ["seed"] = parsed.GetValue(Common.Seed) };
            foreach (var (field, value) in demo) answer[field] = value?.DeepClone();
            return answer;
        });
        return default;
    }

    // Of both experiments in one list, each model naming its own.
    private static IEnumerable<JsonNode?> Models(JsonObject demo) => ((JsonArray)demo["models"]!).Select(model =>
    {
        var copy = (JsonObject)model!.DeepClone();
        copy["demo"] = demo["demo"]!.GetValue<string>();
        return (JsonNode?)copy;
    });

    private static Argument<string?> Named()
    {
        var name = new Argument<string?>("name") { Description = "The experiment; iris and titanic unless given.", Arity = ArgumentArity.ZeroOrOne };
        name.CompletionSources.Add(Names);
        name.Validators.Add(result =>
        {
            if (result.Tokens is not [{ Value: var word }] || Names.Contains(word)) return;
            var near = NearestName.To(word, Names) is { } found ? $"Did you mean '{found}'? " : "";
            result.AddError($"'{word}' is not a demonstration. {near}Demonstrations: {string.Join(", ", Names)}.");
        });
        return name;
    }
}
