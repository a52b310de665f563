using System.CommandLine;
using FunctionalStack.IO;

namespace FunctionalStack.Cli.Options;

/// <summary>Plugin assemblies with additional learners, for the commands that read specs or models for tables.</summary>
internal static class Plugins
{
    /// <summary>The plugin assemblies. Their code is loaded and run only if they are given here.</summary>
    public static Option<string[]> Plugin { get; } = new("--plugin")
    {
        Description = "A .dll with additional learners for specs and models. Its code is run. May be repeated.",
        DefaultValueFactory = _ => [],
    };

    /// <summary>The catalogue of the library and of the given plugins.</summary>
    public static Outcome<Catalogue> Catalogue(ParseResult parsed) =>
        parsed.GetValue(Plugin)!
            .Aggregate(Outcome.Ok(Library.Catalogue), (all, path) => all.Bind(catalogue => PluginFile.Load(path, catalogue)));
}
