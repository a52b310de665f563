using System.Text.Json.Nodes;
using FunctionalStack.Demos;
using FunctionalStack.Neural;
using Spectre.Console;

namespace FunctionalStack.Cli.Output;

/// <summary>
/// The output of a command. With <c>--json</c> exactly one JSON object goes to standard output, and nothing else. Progress
/// bars and notes always go to standard error.
/// </summary>
public sealed class Terminal : IProgressBars
{
    // The width if the output is redirected: no line is wrapped.
    private const int Unbounded = 1000;

    // A narrower terminal has no room for a bar beside the description, nor for both percentage and time.
    private const int Roomy = 80;

    private readonly TextWriter output;
    private readonly TextWriter error;

    // Created on first use, because detecting the capabilities of a terminal takes 70 ms.
    private readonly Lazy<IAnsiConsole> results;
    private readonly Lazy<IAnsiConsole> progress;

    // While a progress bar is shown, notes are printed above it.
    private bool live;

    /// <summary>Creates a terminal on two writers.</summary>
    public Terminal(TextWriter output, TextWriter error, bool json, CancellationToken cancellation)
    {
        (this.output, this.error, Json, Cancellation) = (output, error, json, cancellation);
        results = new(() => ConsoleOn(output, Console.IsOutputRedirected || output != Console.Out));
        progress = new(() => ConsoleOn(error, redirected: false));
    }

    /// <summary>Whether the result is printed as JSON.</summary>
    public bool Json { get; }

    /// <inheritdoc/>
    public CancellationToken Cancellation { get; }

    /// <summary>The number of characters per line of standard output.</summary>
    public int Width => results.Value.Profile.Width;

    /// <summary>Prints text or a table to standard output; does nothing with <c>--json</c>.</summary>
    public void Print(string text)
    {
        if (Json) return;
        var lines = Wrapped.At(WidthOf(output, Console.Out, Console.IsOutputRedirected), Plain.Escaped(text));
        Write(() => output.WriteLine(lines));
    }

    /// <inheritdoc cref="Print(string)"/>
    public void Print(Table table)
    {
        if (!Json) Write(() => results.Value.Write(table));
    }

    /// <summary>Prints the JSON object; does nothing without <c>--json</c>.</summary>
    public void Answer(Func<JsonObject> answer)
    {
        if (!Json) return;
        var text = answer().ToJsonString(Output.Json.Options);
        Write(() => output.WriteLine(text));
    }

    private static void Write(Action write)
    {
        try
        {
            write();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            throw new OutputException(exception);
        }
    }

    /// <summary>Prints a note to standard error.</summary>
    public void Note(string text) => Beside(() =>
    {
        if (live) progress.Value.WriteLine(Lines(error, text));
        else error.WriteLine(Lines(error, text));
    });

    /// <summary>Prints a message to standard error, before or after a command runs.</summary>
    internal static void PrintError(TextWriter error, string text) => Beside(() => error.WriteLine(Lines(error, text)));

    private static string Lines(TextWriter error, string text) =>
        Wrapped.At(WidthOf(error, Console.Error, Console.IsErrorRedirected), Plain.Text(text));

    // Null where lines are not wrapped: in files, pipes and terminals of unknown width.
    private static int? WidthOf(TextWriter writer, TextWriter console, bool redirected)
    {
        if (redirected || writer != console) return null;
        try
        {
            return Console.WindowWidth > 0 ? Console.WindowWidth : null;
        }
        catch (Exception exception) when (exception is IOException or PlatformNotSupportedException)
        {
            return null;
        }
    }

    // A broken standard error must not stop the work; the exit code still reports the result.
    private static void Beside(Action write)
    {
        try
        {
            write();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
        }
    }

    /// <summary>Prints a summary of the notes to standard error.</summary>
    public void Notes(EquatableArray<Note> all)
    {
        foreach (var note in NoteLines.Of(all)) Note($"note: {note}");
    }

    /// <summary>Prints the notes of the outcome, and returns the outcome.</summary>
    public Outcome<T> Noted<T>(Outcome<T> outcome)
    {
        Notes(outcome.Notes);
        return outcome;
    }

    /// <summary>Runs the work with a progress bar on standard error. No bar is shown if standard error is not a terminal.</summary>
    public T Progress<T>(string title, Func<IProgress<FitProgress>, T> work) =>
        WithBar(title, work, value => (value.Done, value.Total, $"{title} ({value.Done}/{value.Total}) {value.Label}"));

    /// <summary>Trains with a progress bar that shows the loss, the accuracy and the speed.</summary>
    public T Training<T>(string title, Func<IProgress<TrainingProgress>, T> work) => WithBar(title, work, value => (
        (value.Epoch - 1.0) * value.Steps + value.Step,
        (double)value.Epochs * value.Steps,
        $"{title}: epoch {value.Epoch}/{value.Epochs}, loss {Tables.Fixed(value.Score.Loss)}"
            + (value.Score.Accuracy is { } accuracy ? $", accuracy {Tables.Fixed(accuracy)}" : "")
            + (value.ExamplesPerSecond is { } speed ? $", {Tables.Whole(speed)}/s" : "")));

    private T WithBar<P, T>(string title, Func<IProgress<P>, T> work, Func<P, (double Done, double Total, string Text)> describe)
    {
        if (Console.IsErrorRedirected || error != Console.Error || !progress.Value.Profile.Capabilities.Interactive)
            return work(new Ignore<P>());
        live = true;
        try
        {
            return progress.Value.Progress().AutoClear(true).HideCompleted(true)
                .Columns(progress.Value.Profile.Width < Roomy
                    ? [new TaskDescriptionColumn(), new RemainingTimeColumn()]
                    : [new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn()])
                .Start(context => work(new Bar<P>(context.AddTask(Markup.Escape(title)), describe)));
        }
        finally
        {
            live = false;
        }
    }

    private static IAnsiConsole ConsoleOn(TextWriter writer, bool redirected)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = redirected ? AnsiSupport.No : AnsiSupport.Detect,
            Interactive = redirected ? InteractionSupport.No : InteractionSupport.Detect,
        });
        if (redirected) console.Profile.Width = Unbounded;
        return console;
    }

    private sealed class Ignore<P> : IProgress<P>
    {
        public void Report(P value)
        {
        }
    }

    private sealed class Bar<P>(ProgressTask task, Func<P, (double Done, double Total, string Text)> describe) : IProgress<P>
    {
        public void Report(P value)
        {
            var (done, total, text) = describe(value);
            task.MaxValue = total;
            task.Value = done;
            task.Description = Markup.Escape(text);
        }
    }
}
