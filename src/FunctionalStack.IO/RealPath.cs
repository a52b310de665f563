using System.Runtime.InteropServices;

namespace FunctionalStack.IO;

/// <summary>Resolves paths: two paths may lead to one file, and a path may lead to something other than a file.</summary>
public static class RealPath
{
    // The depth at which Linux stops following links.
    private const int MostLinks = 40;

    // For statx(2), whose layout is the same on all architectures: AT_FDCWD, STATX_TYPE, and the offset and bits of the file type.
    private const int CurrentFolder = -100;
    private const uint TypeWanted = 1;
    private const int ModeAt = 28;
    private const int TypeBits = 0xF000;
    private const int RegularFile = 0x8000;
    private const int Folder = 0x4000;

    /// <summary>The full path with every link followed, even if the path does not exist.</summary>
    public static string Of(string path)
    {
        var full = Path.GetFullPath(path);
        if (IsSpecial(full)) return full;
        for (var links = 0; links < MostLinks; links++)
        {
            if (Followed(full) is not { } target) return full;
            full = target;
        }

        return full;
    }

    /// <summary>
    /// Whether the path exists and is neither a regular file nor a folder: a pipe, a device, a socket, or the target of
    /// <c>/dev/stdout</c>. Renaming a file over it would replace it.
    /// </summary>
    public static bool IsSpecial(string path)
    {
        if (OperatingSystem.IsWindows()) return false;
        if (IsDevice(path)) return true;
        if (!File.Exists(path)) return false;
        Span<byte> found = stackalloc byte[256];
        try
        {
            if (Statx(CurrentFolder, path, 0, TypeWanted, ref found[0]) != 0) return false;
        }
        catch (Exception exception) when (exception is EntryPointNotFoundException or DllNotFoundException)
        {
            return false;
        }

        var type = MemoryMarshal.Read<ushort>(found[ModeAt..]) & TypeBits;
        return type is not (RegularFile or Folder);
    }

    // The target of standard output has no writable name, or one that the caller has open.
    private static bool IsDevice(string path) =>
        path.StartsWith("/dev/", StringComparison.Ordinal) && !path.StartsWith("/dev/shm/", StringComparison.Ordinal) && Path.Exists(path);

    // The path with its first link resolved; null if there is none.
    private static string? Followed(string full)
    {
        var at = Path.GetPathRoot(full)!;
        var rest = full[at.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries);
        for (var i = 0; i < rest.Length; i++)
        {
            var next = Path.Combine(at, rest[i]);
            if (LinkTarget(next) is { } target) return Path.GetFullPath(Path.Combine([at, target, .. rest[(i + 1)..]]));
            at = next;
        }

        return null;
    }

    private static string? LinkTarget(string path)
    {
        try
        {
            return new FileInfo(path).LinkTarget;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Errors are reported when the path is opened.
            return null;
        }
    }

    [DllImport("libc", EntryPoint = "statx", SetLastError = false)]
    private static extern int Statx(int folder, [MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags, uint mask, ref byte found);
}
