using System.IO.Compression;
using System.Security.Cryptography;

namespace FunctionalStack.IO;

/// <summary>Identifies files by their content.</summary>
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

    /// <summary>The SHA-256 of a file, in hexadecimal digits; null if it is no regular file, or cannot be read.</summary>
    public static string? OfFile(string path)
    {
        if (!File.Exists(path) || RealPath.IsSpecial(path)) return null;
        try
        {
            using var stream = File.OpenRead(path);
            return Convert.ToHexStringLower(SHA256.HashData(stream));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
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
