using System.CommandLine;
using System.Text.Json.Nodes;
using FunctionalStack.Cli.Demos;
using FunctionalStack.Cli.Nets;
using FunctionalStack.Cli.Options;
using FunctionalStack.Cli.Output;
using FunctionalStack.Cli.Writing;
using FunctionalStack.Demos;
using FunctionalStack.Demos.Pictures;
using FunctionalStack.IO;

namespace FunctionalStack.Cli.Commands;

/// <summary>Runs the reference experiments, on embedded data by default.</summary>
internal static class DemoCommand
{
    private static readonly string[] Names = ["iris", "titanic", "digits", "mnist", "batchnorm", "otto"];

    private static readonly Argument<string?> Name = Named();
    private static readonly Option<string?> Report = new("--report") { Description = "A folder for pictures. It is created if absent." };
    private static readonly Option<string?> Data =
        new("--data")
        {
            Description =
            "titanic: Kaggle's train.csv (default: the embedded passengers). mnist: a folder with its files (default: the downloaded "
                + "ones). batchnorm: mnist, fashion or a folder of images (default: the embedded digits). otto: Kaggle's train.csv or its "
                + "folder (default: generated products)."
        };
    private static readonly Option<int?> Rows =
        new("--rows")
        {
            Description =
            $"otto: the number of products (default: {OttoExperiment.GeneratedRows} generated ones, or all of a file)."
        };
    private static readonly Option<string?> Test = new("--test") { Description = "titanic: Kaggle's test.csv. Needs --data." };
    private static readonly Option<string> Submission =
        new("--submission")
        {
            Description = "titanic with --data: the submission file to write.",
            DefaultValueFactory = _ => "submission.csv"
        };
    private static readonly Option<bool> Stack = new("--stack")
    {
        Description = "mnist: train on augmented images, take snapshots of the net and stack them."
    };
    private static readonly Option<int?> Epochs = Common.Optional("--epochs", 1, int.MaxValue,
        $"mnist, digits, batchnorm: the number of training epochs. By default {MnistExperiment.Epochs} for mnist, "
            + $"{MnistStackExperiment.Epochs} with --stack (a multiple of {MnistStackExperiment.Cycles}), "
            + $"{DigitsExperiment.Epochs} for digits and {BatchNormExperiment.Epochs} for batchnorm.");

    public static Command Create(Func<Func<ParseResult, Terminal, Outcome<Done>>, Func<ParseResult, int>> run)
    {
        var command =
            new Command("demo", $"Run the reference experiments: {string.Join(", ", Names)}. Without a name, iris and titanic.") { Name,
                Report, Data, Test, Submission, Stack, Epochs, Rows, Backends.Backend, Backends.Precision, Common.Seed, Common.Threads,
                Common.Json };
        foreach (var option in LongRun.Keeping) command.Options.Add(option);
        command.Validators.Add(result =>
        {
            // GetValue would keep the validator of the argument from running.
            var (name, data) = (result.GetResult(Name)?.Tokens is [var token] ? token.Value : null, result.GetValue(Data));
            if (data is not null && name is "iris" or "digits")
                result.AddError($"--data is for titanic, mnist, batchnorm and otto. The data of {name} are embedded.");
            else if (name is "mnist" or "batchnorm" or "otto" && result.GetValue(Test) is not null)
                result.AddError($"--test is for titanic. For {name}, give the folder with all files to --data.");
            else if (name is not ("mnist" or "batchnorm" or "otto") && (data is null) != (result.GetValue(Test) is null))
                result.AddError("--data and --test go together. Give both or neither.");
            if (result.GetValue(Rows) is { } rows && (name != "otto" || rows < OttoExperiment.LeastRows))
                result.AddError(name == "otto" ? $"--rows is {rows}. Give at least {OttoExperiment.LeastRows}." : "--rows is for otto.");
            if (result.GetValue(Stack) && name == "mnist" && result.GetValue(Epochs) is { } epochs
                && epochs % MnistStackExperiment.Cycles != 0)
                result.AddError($"--epochs is {epochs}. With --stack, give a multiple of {MnistStackExperiment.Cycles}.");
            foreach (var (options, demos, listed) in ((Option[], string[], string)[])
            [
                (LongRun.Keeping, ["otto"], "otto"),
                ([Stack], ["mnist"], "mnist"),
                ([Epochs, Backends.Backend, Backends.Precision], ["mnist", "digits", "batchnorm"], "mnist, digits and batchnorm"),
            ])
            {
                foreach (var option in options)
                {
                    if (result.IsGiven(option) && !demos.Contains(name)) result.AddError($"{option.Name} is for {listed}.");
                }
            }
        });
        command.SetAction(run(Run));
        return command;
    }

    // Unwritable picture folders, and submissions that would replace an input file, are reported before the work.
    private static Outcome<Done> Run(ParseResult parsed, Terminal terminal) =>
        from folder in parsed.GetValue(Report) is { } report
            ? PictureFile.Folder(report).Bind(made => AtomicFile.Check(Path.Combine(made, "picture.png"))) : Outcome.Ok("")
        from writable in parsed.GetValue(Test) is null ? Outcome.Ok(default(Done)) : OutputPaths.Check(parsed, [Data, Test], [Submission])
        from done in RunNamed(parsed, terminal)
        select done;

    private static Outcome<Done> RunNamed(ParseResult parsed, Terminal terminal) => parsed.GetValue(Name) switch
    {
        { } name => Run(name, parsed, terminal).Map(demo => Answer(terminal, parsed, name, demo)),
        null => from iris in Run("iris", parsed, terminal)
                from titanic in Run("titanic", parsed, terminal)
                select Answer(terminal, parsed, "all",
                    new JsonObject
                    {
                        ["models"] = new JsonArray([.. Models(iris), .. Models(titanic)]),
                        ["demos"] = new JsonArray(iris, titanic)
                    }),
    };

    /// <summary>Runs one experiment. Returns its JSON fields, without the ones that all demos have.</summary>
    private static Outcome<JsonObject> Run(string name, ParseResult parsed, Terminal terminal)
    {
        var (number, threads, report) = (parsed.GetValue(Common.Seed), parsed.GetValue(Common.Threads), parsed.GetValue(Report));
        var (seed, executor) = (Seed.Of(number), Executor.Threads(threads));
        var request = new BackendRequest(parsed, terminal);
        return name switch
        {
            "iris" => IrisDemo.Run(terminal, executor, seed, report),
            "titanic" => Titanic(parsed, terminal, executor, seed),
            "digits" =>
                DigitsDemo.Run(terminal, request, threads, parsed.GetValue(Epochs) ?? DigitsExperiment.Epochs, seed,
                    report),
            "mnist" when parsed.GetValue(Stack) =>
                MnistStackDemo.Run(terminal, request, parsed.GetValue(Data) ?? "mnist",
                    parsed.GetValue(Epochs) ?? MnistStackExperiment.Epochs, number, report),
            "mnist" =>
                MnistDemo.Run(terminal, request, parsed.GetValue(Data) ?? "mnist", parsed.GetValue(Epochs) ?? MnistExperiment.Epochs,
                    number, report),
            "batchnorm" =>
                BatchNormDemo.Run(terminal, request, threads, parsed.GetValue(Data),
                    parsed.GetValue(Epochs) ?? BatchNormExperiment.Epochs, seed, report),
            "otto" => LongRun.Within(parsed, Library.Catalogue, terminal, run => Otto(parsed, terminal, run, seed)),
            _ => throw new ArgumentException($"no demo is called '{name}'", nameof(name)),
        };
    }

    private static Outcome<JsonObject> Titanic(ParseResult parsed, Terminal terminal, IExecutor executor, Seed seed) =>
        from data in parsed.GetValue(Data) is { } train
            ? TitanicData.Files(train, parsed.GetValue(Test)!) : TitanicData.Embedded(seed.Fork("set aside"))
        from answer in TitanicDemo.Run(terminal, executor, data, seed, parsed.GetValue(Data) is null ? null : parsed.GetValue(Submission))
        select answer;

    private static Outcome<JsonObject> Otto(ParseResult parsed, Terminal terminal, LongRun run, Seed seed) =>
        from data in parsed.GetValue(Data) is { } path
            ? OttoData.Files(path, parsed.GetValue(Rows), seed)
            : OttoData.Generated(parsed.GetValue(Rows) ?? OttoExperiment.GeneratedRows, seed)
        from answer in OttoDemo.Run(terminal, run.Executor, data, OttoStack.Of(seed.Fork("folds")), seed, parsed.GetValue(Report))
        select WithRun(terminal, run, answer);

    private static JsonObject WithRun(Terminal terminal, LongRun run, JsonObject answer)
    {
        run.Print(terminal, default);
        run.Describe(answer, default);
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

    // The models of both experiments in one list, each with the name of its demo.
    private static IEnumerable<JsonNode?> Models(JsonObject demo) => ((JsonArray)demo["models"]!).Select(model =>
    {
        var copy = (JsonObject)model!.DeepClone();
        copy["demo"] = demo["demo"]!.GetValue<string>();
        return (JsonNode?)copy;
    });

    private static Argument<string?> Named()
    {
        var name =
            new Argument<string?>("name") { Description = "The experiment (default: iris and titanic).", Arity = ArgumentArity.ZeroOrOne };
        name.CompletionSources.Add(Names);
        name.Validators.Add(result =>
        {
            if (result.Tokens is not [{ Value: var word }] || Names.Contains(word)) return;
            var near = NearestName.To(word, Names) is { } found ? $"Did you mean '{found}'? " : "";
            result.AddError($"'{word}' is not a demo. {near}Demos: {string.Join(", ", Names)}.");
        });
        return name;
    }
}
