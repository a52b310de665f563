namespace FunctionalStack.IO;

/// <summary>
/// Assemblies that bring learners, transforms and models of their own (<see cref="ICatalogueSource"/>). One is loaded only
/// when it is named, and what it holds runs with the rights of this process: name only those that you trust.
/// </summary>
public static class PluginFile
{
    private const string Remedy =
        "Give the .dll that 'dotnet build' makes of a class library with a public class that implements ICatalogueSource.";

    private const string Plain =
        "Model files hold records of plain data (docs/model-format.md); list those that a model holds in its entry.";

    /// <summary>
    /// A catalogue with the entries of an assembly after its own. Fails where the file is absent or no assembly, holds no
    /// catalogue, was built against another version of the library, or has a name, type or tag that is taken; and where an
    /// entry is no record of plain data.
    /// </summary>
    /// <param name="path">The assembly's file.</param>
    /// <param name="catalogue">What to add to; null for the library's.</param>
    public static Outcome<Catalogue> Load(string path, Catalogue? catalogue = null) => InputFile.Read(path, "an assembly", file =>
    {
        if (!File.Exists(file)) throw new FileNotFoundException();
        try
        {
            var sources = Sources(file);
            return sources.Length == 0
                ? Outcome.Fail<Catalogue>(path, "holds no catalogue", Remedy)
                : sources.Aggregate(Outcome.Ok(catalogue ?? Library.Catalogue), (all, own) => all.Bind(known => known.Join(own))).Bind(Checked).At(path);
        }
        catch (BadImageFormatException)
        {
            return Outcome.Fail<Catalogue>(path, "is not a .NET assembly", Remedy);
        }
        // A type that is not there, or whatever the plugin's own code throws.
        catch (Exception exception)
        {
            return Outcome.Fail<Catalogue>(
                path,
                $"its catalogue cannot be made: {exception.GetBaseException().Message.ReplaceLineEndings(" ").TrimEnd('.', ' ')}",
                $"Build it against FunctionalStack {Version}, with all that it needs beside it.");
        }
    });

    private static string Version => typeof(Library).Assembly.GetName().Version!.ToString(3);

    private static Catalogue[] Sources(string file) =>
    [
        .. new PluginContext(file).Main.GetExportedTypes()
            .Where(type => type.IsAssignableTo(typeof(ICatalogueSource)) && !type.IsAbstract && type.GetConstructor(Type.EmptyTypes) is not null)
            .Select(type => ((ICatalogueSource)Activator.CreateInstance(type)!).Catalogue),
    ];

    // What specs and model files would refuse later is refused here.
    private static Outcome<Catalogue> Checked(Catalogue catalogue)
    {
        try
        {
            _ = SpecNames.Of(catalogue);
        }
        catch (NotSupportedException exception)
        {
            return Outcome.Fail<Catalogue>("", exception.Message, "Give every parameter of its constructor a public property and a default.");
        }

        var registry = ModelRegistry.Of(catalogue);
        return catalogue.Records.Select(record => registry.WhyNot(record.Type)).FirstOrDefault(why => why is not null) is { } unsaved
            ? Outcome.Fail<Catalogue>("", unsaved, Plain)
            : Outcome.Ok(catalogue);
    }
}
