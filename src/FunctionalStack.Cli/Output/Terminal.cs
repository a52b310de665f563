using System.Text.Json.Nodes;
using FunctionalStack.Demos;
using FunctionalStack.Neural;
using Spectre.Console;

namespace FunctionalStack.Cli.Output;

/// <summary>
/// Where a command speaks. With <c>--json</c> exactly one JSON object goes to standard output and nothing else;
/// progress and notes go to standard error always.
/// </summary>
public sealed class Terminal : IProgressBars
{
    // Where nothing is shown, nothing needs to be broken to fit.
    private const int Unbounded = 1000;

    // On a line of less there is no room for a bar beside what is being done.
    private const int Roomy = 80;

    private readonly TextWriter output;
    private readonly TextWriter error;

    // Made when first drawn on: finding out what a terminal can do takes 70 ms.
    private readonly Lazy<IAnsiConsole> results;
    private readonly Lazy<IAnsiConsole> progress;

    // While a bar is drawn, what is said beside it goes above it.
    private bool live;

    public Terminal(TextWriter output, TextWriter error, bool json, CancellationToken cancellation)
    {
        (this.output, this.error, Json, Cancellation) = (output, error, json, cancellation);
        results = new(() => ConsoleOn(output, Console.IsOutputRedirected || output != Console.Out));
        progress = new(() => ConsoleOn(error, redirected: false));
    }

    public bool Json { get; }

    public CancellationToken Cancellation { get; }

    /// <summary>Characters a line of results.</summary>
    public int Width => results.Value.Profile.Width;

    /// <summary>A line or table for people; silent with <c>--json</c>.</summary>
    public void Say(string text)
    {
        if (!Json) Write(() => output.WriteLine(Plain.Escaped(text)));
    }

    /// <inheritdoc cref="Say(string)"/>
    public void Say(Table table)
    {
        if (!Json) Write(() => results.Value.Write(table));
    }

    /// <summary>The one JSON object; silent without <c>--json</c>.</summary>
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

    /// <summary>Something to know beside the result, on standard error.</summary>
    public void Note(string text) => Beside(() =>
    {
        if (live) progress.Value.WriteLine(Plain.Text(text));
        else error.WriteLine(Plain.Text(text));
    });

    /// <summary>The same where no command runs yet, or no more.</summary>
    internal static void Tell(TextWriter error, string text) => Beside(() => error.WriteLine(Plain.Text(text)));

    // Where nobody can be told the work is worth more, and the exit code still tells how it ended.
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

    public void Notes(EquatableArray<Note> all)
    {
        foreach (var note in FunctionalStack.Note.Summary(all)) Note($"note: {note}");
    }

    /// <summary>The same outcome, its notes told.</summary>
    public Outcome<T> Noted<T>(Outcome<T> outcome)
    {
        Notes(outcome.Notes);
        return outcome;
    }

    /// <summary>Runs work under a progress bar on standard error; without a terminal there, without the bar.</summary>
    public T Progress<T>(string title, Func<IProgress<FitProgress>, T> work) => Under(title, work, value => (value.Done, value.Total, $"{title} ({value.Done}/{value.Total}) {value.Label}"));

    /// <summary>Trains under such a bar, which tells loss, accuracy and speed.</summary>
    public T Training<T>(string title, Func<IProgress<TrainingProgress>, T> work) => Under(title, work, value => (
        (value.Epoch - 1.0) * value.Steps + value.Step,
        (double)value.Epochs * value.Steps,
        $"{title}: epoch {value.Epoch}/{value.Epochs}, loss {Tables.Fixed(value.Score.Loss)}"
            + (value.Score.Accuracy is { } accuracy ? $", accuracy {Tables.Fixed(accuracy)}" : "")
            + (value.ExamplesPerSecond is { } speed ? $", {Tables.Whole(speed)}/s" : "")));

    private T Under<P, T>(string title, Func<IProgress<P>, T> work, Func<P, (double Done, double Total, string Text)> tell)
    {
        if (Console.IsErrorRedirected || error != Console.Error || !progress.Value.Profile.Capabilities.Interactive) return work(new Ignore<P>());
        live = true;
        try
        {
            return progress.Value.Progress().AutoClear(true).HideCompleted(true)
                .Columns(progress.Value.Profile.Width < Roomy
                    ? [new TaskDescriptionColumn(), new PercentageColumn()]
                    : [new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn()])
                .Start(context => work(new Bar<P>(context.AddTask(Markup.Escape(title)), tell)));
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

    private sealed class Bar<P>(ProgressTask task, Func<P, (double Done, double Total, string Text)> tell) : IProgress<P>
    {
        public void Report(P value)
        {
            var (done, total, text) = tell(value);
            task.MaxValue = total;
            task.Value = done;
            task.Description = Markup.Escape(text);
        }
    }
}
