namespace FunctionalStack;

/// <summary>
/// How an assembly tells its catalogue to tools that load it when it is named (<c>fstack evaluate --plugin FILE.dll</c>): by
/// a public class that implements this and has a public constructor without parameters.
/// </summary>
public interface ICatalogueSource
{
    /// <summary>The assembly's own entries, without the library's.</summary>
    Catalogue Catalogue { get; }
}
