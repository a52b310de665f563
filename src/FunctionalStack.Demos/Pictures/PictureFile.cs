using FunctionalStack.IO;

namespace FunctionalStack.Demos.Pictures;

/// <summary>Writes pictures to disk.</summary>
public static class PictureFile
{
    /// <summary>Creates the folder if it does not exist, and returns its full path.</summary>
    public static Outcome<string> Folder(string folder)
    {
        try
        {
            return Outcome.Ok(Directory.CreateDirectory(folder).FullName);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return Outcome.Fail<string>(folder, $"cannot be made a folder: {exception.Message.TrimEnd('.')}",
                "Give --report the path of a folder.");
        }
    }

    /// <summary>Writes a PNG file atomically: an interrupted write leaves no file. Returns the path.</summary>
    public static Outcome<string> Save(string path, byte[] png, CancellationToken cancellation) =>
        AtomicFile.Write(path, stream => stream.Write(png), cancellation).Map(_ => path);
}
