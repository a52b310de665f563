using System.CommandLine;
using FunctionalStack.IO;

namespace FunctionalStack.Cli.Writing;

/// <summary>Checks the output files of a command.</summary>
internal static class OutputPaths
{
    private static readonly StringComparer Paths = OperatingSystem.IsLinux() ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase;

    /// <summary>
    /// Called before the work. Fails if a file cannot be written, or if it would replace an input file or another output file
    /// of the command.
    /// </summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="read">Options with an input file.</param>
    /// <param name="written">Options with an output file.</param>
    /// <param name="images">The option with images or a folder of images.</param>
    /// <param name="dash">The option that accepts <c>-</c> for standard output.</param>
    public static Outcome<Done> Check(ParseResult parsed, Option[] read, Option[] written, Option? images = null, Option? dash = null)
    {
        if (images is not null && Given([images]).Select(option => option.Path).FirstOrDefault() is { } folder)
        {
            foreach (var (option, path) in Given(written))
            {
                if (ImageSource.Reads(folder, path) || ImageSource.Reads(RealPath.Of(folder), RealPath.Of(path)))
                    return Outcome.Fail<Done>($"{option.Name}: {path}", $"would replace a file of {images.Name}",
                        "Give each its own file.");
            }
        }

        var taken = new Dictionary<string, string>(Paths);
        foreach (var (option, path) in Given(read).Where(file => file.Path != StandardStream.Dash))
            taken.TryAdd(RealPath.Of(path), option.Name);
        return Outcome.All(Given(written).Select(file => (file.Option == ReportOption.Report ? HtmlReport.Check(file.Path)
            : file.Path != StandardStream.Dash ? AtomicFile.Check(file.Path)
            : file.Option == dash ? Outcome.Ok(file.Path)
            : Outcome.Fail<string>(file.Path, "is not a file here", "Give the path of a file.")).At(file.Option.Name)
                .Bind(full => taken.TryAdd(full, file.Option.Name)
            ? Outcome.Ok(full)
            : Outcome.Fail<string>($"{file.Option.Name}: {file.Path}", $"would replace the file of {taken[full]}",
                "Give each its own file."))))
            .Map(_ => default(Done));

        IEnumerable<(Option Option, string Path)> Given(Option[] options) =>
            from option in options
            from path in option is Option<string[]> several
                ? parsed.GetValue(several)!
                : [parsed.GetResult(option)?.GetValueOrDefault<string>()!]
            where path is not null && (path.Length > 0 || written.Contains(option))
            select (option, path);
    }
}
