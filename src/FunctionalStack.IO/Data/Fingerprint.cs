using System.IO.Compression;
using System.Security.Cryptography;

namespace FunctionalStack.IO;

/// <summary>Checks whether a file is the one of a catalogue.</summary>
internal static class Fingerprint
{
    /// <summary>Whether the bytes or the decompressed content agree.</summary>
    public static async Task<bool> AgreesAsync(string path, DatasetFile file, CancellationToken cancellation)
    {
        await using var stream = Open(path);
        if (await Sha256Async(stream, cancellation) == file.Sha256) return true;
        if (file.ContentSha256 is null) return false;
        stream.Position = 0;
        try
        {
            await using var content = IsGzip(stream) ? new GZipStream(stream, CompressionMode.Decompress, leaveOpen: true) : (Stream)stream;
            return await Sha256Async(content, cancellation) == file.ContentSha256;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    public static bool IsGzip(FileStream stream)
    {
        var magic = stream.ReadByte() == 0x1F && stream.ReadByte() == 0x8B;
        stream.Position = 0;
        return magic;
    }

    public static FileStream Open(string path) =>
        new(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.Asynchronous | FileOptions.SequentialScan);

    private static async Task<string> Sha256Async(Stream stream, CancellationToken cancellation) =>
        Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellation));
}
