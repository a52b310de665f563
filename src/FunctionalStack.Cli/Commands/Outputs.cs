using System.CommandLine;
using FunctionalStack.Cli.Images;
using FunctionalStack.IO;

namespace FunctionalStack.Cli.Commands;

/// <summary>The files that a command is about to write.</summary>
internal static class Outputs
{
    private static readonly StringComparer Paths = OperatingSystem.IsLinux() ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase;

    /// <summary>
    /// Asked before the work: fails where a file cannot be written, and where writing it would replace one that the command
    /// reads, or another that it writes.
    /// </summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="read">Options that name a file to be read.</param>
    /// <param name="written">Options that name a file to be written.</param>
    /// <param name="images">The option that names images, or a folder that holds them.</param>
    /// <param name="dash">The option for which <c>-</c> is standard output.</param>
    public static Outcome<Done> Check(ParseResult parsed, Option[] read, Option[] written, Option? images = null, Option? dash = null)
    {
        if (images is not null && Given([images]).Select(option => option.Path).FirstOrDefault() is { } folder)
        {
            foreach (var (option, path) in Given(written))
            {
                if (ImageSource.Reads(folder, path) || ImageSource.Reads(RealPath.Of(folder), RealPath.Of(path))) return Outcome.Fail<Done>($"{option.Name}: {path}", $"is a file of {images.Name} too and would replace it", "Give each its own file.");
            }
        }

        var taken = new Dictionary<string, string>(Paths);
        foreach (var (option, path) in Given(read).Where(file => file.Path != StandardStream.Dash)) taken.TryAdd(RealPath.Of(path), option.Name);
        return Outcome.All(Given(written).Select(file => (file.Path != StandardStream.Dash ? AtomicFile.Check(file.Path)
            : file.Option == dash ? Outcome.Ok(file.Path)
            : Outcome.Fail<string>(file.Path, "stands for no file here", "Give the path of a file.")).At(file.Option.Name).Bind(full => taken.TryAdd(full, file.Option.Name)
            ? Outcome.Ok(full)
            : Outcome.Fail<string>($"{file.Option.Name}: {file.Path}", $"is the file of {taken[full]} too and would replace it", "Give each its own file."))))
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
