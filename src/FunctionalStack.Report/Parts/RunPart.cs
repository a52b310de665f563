using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using FunctionalStack.Reporting.Markup;

namespace FunctionalStack.Reporting.Parts;

/// <summary>What was run, on what.</summary>
/// <param name="Title">The title of the report.</param>
/// <param name="Facts">Names and values: data, target, seed.</param>
internal sealed record Run(string Title, EquatableArray<(string Name, Html Value)> Facts)
{
    /// <summary>The command as it can be pasted into a shell; null if the report was not made by a command.</summary>
    public string? Command { get; init; }

    /// <summary>What was measured: times and memory. The only content that differs between equal runs.</summary>
    public EquatableArray<(string Name, string Value)> Measured { get; init; }

    /// <summary>Notes about the run.</summary>
    public EquatableArray<Note> Notes { get; init; }

    /// <summary>The versions of the library and the runtime, and the width of the processor's vectors.</summary>
    public static string Versions => $"FunctionalStack {typeof(Section).Assembly.GetName().Version!.ToString(3)}, "
        + $"{RuntimeInformation.FrameworkDescription}, SIMD of {Bits} bits";

    // Longer values have a line of their own.
    private const int LongFact = 60;

    private static int Bits => Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;

    /// <summary>The facts, as a list at the head of the page.</summary>
    public Html Head() => Html.Of("dl",
        Facts.Select(fact => Entry(fact.Name, fact.Value))
            .Append(Entry("versions", Versions))
            .Append(Measured.Count == 0 ? Html.None
                : Entry("measured", string.Join(", ", Measured.Select(one => $"{one.Name} {one.Value}")))));

    /// <summary>The notes; none is a part with a sentence.</summary>
    public Section NotesPart()
    {
        var lines = Note.Summary(Notes);
        return lines.Count == 0 ? Section.Without("notes", "Notes of the run", "The run has no notes.")
            : new("notes", "Notes of the run", Html.Of("ul", lines.Select(line => Html.Of("li", PlainText.Short(line, 1000)))));
    }

    /// <summary>The command again.</summary>
    public Section AgainPart() => Command is null
        ? Section.Without("again", "Run it again", "The report was made by a program: the same data, spec and seed give the same bits.")
        : new("again", "Run it again", Html.All(
            Html.Of("p", "The same command on the same data gives the same numbers, at any number of threads, and this page again except "
                + "for what was measured."),
            Grid.Scrolling("The command", Html.Of("pre", Html.Of("code", Command)))));

    private static Html Entry(string name, Html value) => value.Text?.Length > LongFact ? One(name, value).Class("wide") : One(name, value);

    private static Html One(string name, Html value) => Html.Of("div", Html.Of("dt", name), Html.Of("dd", value));
}
