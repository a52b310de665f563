namespace FunctionalStack;

/// <summary>
/// Exposes an assembly's catalogue to tools that load the assembly by name (<c>fstack evaluate --plugin FILE.dll</c>).
/// Implement it in a public class with a public parameterless constructor.
/// </summary>
public interface ICatalogueSource
{
    /// <summary>The assembly's own entries, without the library's.</summary>
    Catalogue Catalogue { get; }
}
