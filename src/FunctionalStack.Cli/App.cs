using System.CommandLine;
using System.CommandLine.Parsing;
using FunctionalStack.Cli.Commands;
using FunctionalStack.Cli.Nets;
using FunctionalStack.Cli.Options;
using FunctionalStack.Cli.Output;
using FunctionalStack.IO;

namespace FunctionalStack.Cli;

/// <summary>Parses and runs a command line, and maps the result to an exit code.</summary>
public static class App
{
    /// <summary>Exit code: success.</summary>
    public const int Done = 0;

    /// <summary>Exit code: a bug in the tool.</summary>
    public const int Bug = 1;

    /// <summary>Exit code: bad input or usage.</summary>
    public const int BadInput = 2;

    /// <summary>Exit code: cancelled.</summary>
    public const int Cancelled = 130;

    /// <summary>Runs one command line and returns the exit code. Results go to <paramref name="output"/>, all messages to
    /// <paramref name="error"/>.</summary>
    public static int Run(string[] args, TextWriter output, TextWriter error, CancellationToken cancellation = default)
    {
        var root = Root(output, error, cancellation);
        try
        {
            if (Suggestions.Asked(root, args) is { } words)
            {
                foreach (var word in words) output.WriteLine(word);
                return Done;
            }

            if (args.Length == 0)
            {
                output.Write(Welcome.Text);
                return Done;
            }

            // Response files are disabled, because a path may begin with '@'.
            var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
            if (parsed.Errors.Count > 0)
            {
                PrintError(error, Misuse(parsed));
                return BadInput;
            }

            return parsed.Invoke(new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
                Output = output,
                Error = error
            });
        }
        catch (StoppedException stopped)
        {
            PrintError(error, stopped.Message);
            return Cancelled;
        }
        catch (OperationCanceledException)
        {
            PrintError(error, "cancelled. Nothing was written.");
            return Cancelled;
        }
        catch (OutcomeException refused)
        {
            PrintError(error, $"{refused.Failure}");
            return BadInput;
        }
        catch (OutputException full)
        {
            PrintError(error, full.Message);
            return BadInput;
        }
        catch (OutOfMemoryException)
        {
            PrintError(error, "there is not enough memory. Give fewer rows or columns, or smaller parameters in the spec.");
            return BadInput;
        }
        catch (Exception bug)
        {
            error.WriteLine($"fstack: this is a bug. Please report it with the command that you ran.{Environment.NewLine}{bug}");
            return Bug;
        }
    }

    private static void PrintError(TextWriter error, string message) => Terminal.PrintError(error, $"fstack: {message}");

    private static RootCommand Root(TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        var root = new RootCommand("Stacked generalization as composition of cross-validated transforms.")
        {
            EvaluateCommand.Create(Run), FitCommand.Create(Run), PredictCommand.Create(Run), ScoreCommand.Create(Run),
            ExplainCommand.Create(Run), AuditCommand.Create(Run), TrainCommand.Create(Run),
            InspectCommand.Create(Run), ExportCommand.Create(Run), ImportCommand.Create(Run), ServeCommand.Create(Run),
            NewCommand.Create(Run),
            DataCommand.Create(Run), DevicesCommand.Create(Run), BenchCommand.Create(Run), DemoCommand.Create(Run),
            ClusterCommand.Create(Run), CompletionCommand.Create(Run),
        };
        return root;

        // A command maps its parsed options to an outcome, and prints to the terminal.
        Func<ParseResult, int> Run(Func<ParseResult, Terminal, Outcome<Done>> command) => parsed =>
            command(parsed, new Terminal(output, error, parsed.GetValue(Common.Json), cancellation)).Match(
                _ => App.Done,
                failure =>
                {
                    PrintError(error, $"{failure}");
                    return BadInput;
                });
    }

    // An unexpected argument causes the other parse errors, so only it is reported.
    private static string Misuse(ParseResult parsed)
    {
        var (result, command) = (parsed.CommandResult, parsed.CommandResult.Command);
        var name = string.Join(' ', Names(result));
        var what = parsed.UnmatchedTokens.FirstOrDefault() switch
        {
            null when command.Action is null => $"a command is missing. Commands: {Listed(command.Subcommands)}.",
            null => string.Join(' ',
                parsed.Errors.SelectMany(error => error.Message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))),
            ['-', ..] option =>
                $"'{option}' is not an option of '{name}'. {Near(option, command.Options)}Options: {Listed(command.Options)}.",
            var word when command.Action is null =>
                $"'{word}' is not a command. {Near(word, command.Subcommands)}Commands: {Listed(command.Subcommands)}.",
            var word => $"'{word}' is an unexpected argument of '{name}'. Quote values with spaces.",
        };
        return $"{what} See '{name} --help'.";
    }

    private static string Near(string word, IEnumerable<Symbol> symbols) =>
        NearestName.To(word.Split('=')[0], symbols.Where(symbol => !symbol.Hidden).Select(symbol => symbol.Name)) is { } near
            ? $"Did you mean '{near}'? " : "";

    private static IEnumerable<string> Names(CommandResult result) =>
        result.Parent is CommandResult parent ? [.. Names(parent), result.Command.Name] : ["fstack"];

    private static string Listed(IEnumerable<Symbol> symbols) =>
        string.Join(", ", symbols.Where(symbol => !symbol.Hidden).Select(symbol => symbol.Name));
}

/// <summary>The result of a command that succeeded.</summary>
public readonly record struct Done;
