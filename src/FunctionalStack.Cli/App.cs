using System.CommandLine;
using FunctionalStack.Cli.Commands;
using FunctionalStack.Cli.Output;

namespace FunctionalStack.Cli;

/// <summary>The command line: parse, run, and turn whatever happened into an exit code.</summary>
public static class App
{
    public const int Done = 0;
    public const int Bug = 1;
    public const int BadInput = 2;
    public const int Cancelled = 130;

    /// <summary>Runs one command line. Results go to <paramref name="output"/>, everything else to <paramref name="error"/>.</summary>
    public static int Run(string[] args, TextWriter output, TextWriter error, CancellationToken cancellation = default)
    {
        var root = Root(output, error, cancellation);
        try
        {
            var parsed = root.Parse(args);
            if (parsed.Errors.Count > 0)
            {
                error.WriteLine($"fstack: {string.Join(" ", parsed.Errors.Select(e => e.Message))} See 'fstack {string.Concat(Names(parsed.CommandResult))}--help'.");
                return BadInput;
            }

            return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null, Output = output, Error = error });
        }
        catch (OperationCanceledException)
        {
            error.WriteLine("fstack: cancelled; nothing was written.");
            return Cancelled;
        }
        catch (OutcomeException refused)
        {
            error.WriteLine($"fstack: {refused.Failure}");
            return BadInput;
        }
        catch (Exception bug)
        {
            error.WriteLine($"fstack: this is a bug, please report it with the command that you ran.{Environment.NewLine}{bug}");
            return Bug;
        }
    }

    private static RootCommand Root(TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        var root = new RootCommand("Stacked generalization as composition of cross-validated transforms.")
        {
            EvaluateCommand.Create(Run), FitCommand.Create(Run), PredictCommand.Create(Run), InspectCommand.Create(Run), DataCommand.Create(Run), DemoCommand.Create(Run),
        };
        return root;

        // A command is a function from its parsed options to an outcome; what it has to say, it says to the terminal.
        Func<ParseResult, int> Run(Func<ParseResult, Terminal, Outcome<Done>> command) => parsed =>
            command(parsed, new Terminal(output, error, parsed.GetValue(Common.Json), cancellation)).Match(
                _ => App.Done,
                failure =>
                {
                    error.WriteLine($"fstack: {failure}");
                    return BadInput;
                });
    }

    private static IEnumerable<string> Names(System.CommandLine.Parsing.CommandResult command) =>
        command.Parent is System.CommandLine.Parsing.CommandResult parent ? [.. Names(parent), command.Command.Name + " "] : [];
}

/// <summary>That a command did what it was asked.</summary>
public readonly record struct Done;
