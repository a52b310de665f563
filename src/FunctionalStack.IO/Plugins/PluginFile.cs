namespace FunctionalStack.IO;

/// <summary>
/// Assemblies with additional learners, transforms and models (<see cref="ICatalogueSource"/>). An assembly is loaded only when
/// it is named, and its code runs with the rights of this process: name only assemblies that you trust.
/// </summary>
public static class PluginFile
{
    private const string Remedy =
        "Give the .dll of a class library with a public class that implements ICatalogueSource.";

    private const string Plain =
        "Model files hold records of plain data (docs/model-format.md); list the records of a model in its entry.";

    /// <summary>
    /// The catalogue extended by the entries of an assembly. Fails if the file does not exist or is not an assembly, contains no
    /// catalogue, was built against another version of the library, or has a name, type or tag that is already used, and if an
    /// entry is not a record of plain data.
    /// </summary>
    /// <param name="path">The assembly's file.</param>
    /// <param name="catalogue">The catalogue to extend; null for the library's.</param>
    public static Outcome<Catalogue> Load(string path, Catalogue? catalogue = null) => InputFile.Read(path, "an assembly", file =>
    {
        if (!File.Exists(file)) throw new FileNotFoundException();
        try
        {
            var sources = Sources(file);
            return sources.Length == 0
                ? Outcome.Fail<Catalogue>(path, "holds no catalogue", Remedy)
                : sources.Aggregate(Outcome.Ok(catalogue ?? Library.Catalogue), (all, own) => all.Bind(known => known.Join(own)))
                .Bind(Checked).At(path);
        }
        catch (BadImageFormatException)
        {
            return Outcome.Fail<Catalogue>(path, "is not a .NET assembly", Remedy);
        }
        // A missing type, or any exception of the plugin's own code.
        catch (Exception exception)
        {
            return Outcome.Fail<Catalogue>(
                path,
                $"its catalogue cannot be created: {exception.GetBaseException().Message.ReplaceLineEndings(" ").TrimEnd('.', ' ')}",
                $"Build it against FunctionalStack {Version}, with its dependencies beside it.");
        }
    });

    private static string Version => typeof(Library).Assembly.GetName().Version!.ToString(3);

    private static Catalogue[] Sources(string file) =>
    [
        .. new PluginContext(file).Main.GetExportedTypes()
            .Where(type =>
                type.IsAssignableTo(typeof(ICatalogueSource)) && !type.IsAbstract && type.GetConstructor(Type.EmptyTypes) is not null)
            .Select(type => ((ICatalogueSource)Activator.CreateInstance(type)!).Catalogue),
    ];

    // Entries that specs and model files would reject later are rejected here.
    private static Outcome<Catalogue> Checked(Catalogue catalogue)
    {
        try
        {
            _ = SpecNames.Of(catalogue);
        }
        catch (NotSupportedException exception)
        {
            return Outcome.Fail<Catalogue>("", exception.Message,
                "Give every parameter of its constructor a public property and a default.");
        }

        var registry = ModelRegistry.Of(catalogue);
        return catalogue.Records.Select(record => registry.WhyNot(record.Type)).FirstOrDefault(why => why is not null) is { } unsaved
            ? Outcome.Fail<Catalogue>("", unsaved, Plain)
            : Outcome.Ok(catalogue);
    }
}
