using System.CommandLine;
using FunctionalStack.IO;

namespace FunctionalStack.Cli.Commands;

/// <summary>Assemblies with learners of their own, for the commands that read specs or models of tables.</summary>
internal static class Plugins
{
    /// <summary>Each is loaded, and its code run, only because it is named here.</summary>
    public static Option<string[]> Plugin { get; } = new("--plugin")
    {
        Description = "A .dll with learners of its own, which specs and models may then hold; its code is run. May be repeated.",
        DefaultValueFactory = _ => [],
    };

    /// <summary>The library's catalogue with those of the assemblies named.</summary>
    public static Outcome<Catalogue> Catalogue(ParseResult parsed) =>
        parsed.GetValue(Plugin)!
            .Aggregate(Outcome.Ok(Library.Catalogue), (all, path) => all.Bind(catalogue => PluginFile.Load(path, catalogue)));
}
