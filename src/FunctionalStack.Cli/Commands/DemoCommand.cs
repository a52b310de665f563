using System.CommandLine;
using System.Text.Json.Nodes;
using FunctionalStack.Cli.Demos;
using FunctionalStack.Cli.Output;

namespace FunctionalStack.Cli.Commands;

/// <summary>The reference experiments, on embedded data unless files are given.</summary>
internal static class DemoCommand
{
    private static readonly Argument<string?> Name = Named();
    private static readonly Option<string?> Report = new("--report") { Description = "A folder to draw pictures into; made if absent." };
    private static readonly Option<string?> Data = new("--data") { Description = "titanic: Kaggle's train.csv, in place of the embedded passengers." };
    private static readonly Option<string?> Test = new("--test") { Description = "titanic: Kaggle's test.csv, to go with --data." };
    private static readonly Option<string> Submission = new("--submission") { Description = "titanic on Kaggle's files: the submission to write.", DefaultValueFactory = _ => "submission.csv" };

    public static Command Create(Func<Func<ParseResult, Terminal, Outcome<Done>>, Func<ParseResult, int>> run)
    {
        var command = new Command("demo", "Run the reference experiments: iris, titanic, or one after the other.") { Name, Report, Data, Test, Submission, Common.Seed, Common.Threads, Common.Json };
        command.Validators.Add(result =>
        {
            if ((result.GetValue(Data) is null) != (result.GetValue(Test) is null)) result.AddError("--data and --test go together; give both or neither.");
            if (result.GetValue(Data) is not null && result.GetValue(Name) == "iris") result.AddError("--data is for the titanic; iris is embedded.");
        });
        command.SetAction(run(Run));
        return command;
    }

    private static Outcome<Done> Run(ParseResult parsed, Terminal terminal)
    {
        var name = parsed.GetValue(Name);
        var number = parsed.GetValue(Common.Seed);
        var (seed, executor) = (Seed.Of(number), Executor.Threads(parsed.GetValue(Common.Threads)));
        return from iris in name is null or "iris" ? IrisDemo.Run(terminal, executor, seed, parsed.GetValue(Report)).Map<JsonObject?>(answer => answer) : Outcome.Ok<JsonObject?>(null)
               from titanic in name is null or "titanic" ? Titanic(parsed, terminal, executor, seed) : Outcome.Ok<JsonObject?>(null)
               select Answer(terminal, number, iris, titanic);
    }

    private static Outcome<JsonObject?> Titanic(ParseResult parsed, Terminal terminal, IExecutor executor, Seed seed) =>
        from data in parsed.GetValue(Data) is { } train ? TitanicData.Files(train, parsed.GetValue(Test)!) : TitanicData.Embedded(seed.Fork("set aside"))
        from answer in TitanicDemo.Run(terminal, executor, data, seed, parsed.GetValue(Data) is null ? null : parsed.GetValue(Submission))
        select answer;

    private static Done Answer(Terminal terminal, long seed, JsonObject? iris, JsonObject? titanic)
    {
        terminal.Answer(() =>
        {
            var answer = new JsonObject { ["command"] = "demo", ["demo"] = iris is null ? "titanic" : titanic is null ? "iris" : "all", ["seed"] = seed };
            if (iris is null || titanic is null)
            {
                foreach (var (field, value) in (iris ?? titanic)!) answer[field] = value?.DeepClone();
                return answer;
            }

            answer["models"] = new JsonArray([.. Models(iris), .. Models(titanic)]);
            answer["demos"] = new JsonArray(iris, titanic);
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
        var name = new Argument<string?>("name") { Description = "iris or titanic; both unless given.", Arity = ArgumentArity.ZeroOrOne };
        name.AcceptOnlyFromAmong("iris", "titanic");
        return name;
    }
}
