namespace FunctionalStack.Serving;

/// <summary>The place of a model in a store. A reload replaces the model at once; requests keep the one that they began with.</summary>
internal sealed class ModelSlot(ModelSource source, ServedModel first, (DateTime, long) stamp)
{
    private readonly Lock reloading = new();
    private volatile ServedModel current = first;
    private volatile Failure? failure;
    private (DateTime Written, long Length) stamp = stamp;

    public ModelSource Source => source;

    public ServedModel Current => current;

    /// <summary>Why the last reload failed; null if it did not.</summary>
    public Failure? LastFailure => failure;

    /// <summary>When the file was last written, and its length; the default if it cannot be found, or if the path is none.</summary>
    public static (DateTime Written, long Length) StampOf(string path)
    {
        try
        {
            var file = new FileInfo(path);
            return file.Exists ? (file.LastWriteTimeUtc, file.Length) : default;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return default;
        }
    }

    /// <summary>Whether the file has changed since it was last loaded, or since that failed.</summary>
    public bool HasChanged
    {
        get
        {
            lock (reloading) return StampOf(source.Path) is var now && now != default && now != stamp;
        }
    }

    /// <summary>Loads the file aside, and replaces the model if that succeeds.</summary>
    public Outcome<ServedModel> Reload(Catalogue? catalogue)
    {
        lock (reloading)
        {
            stamp = StampOf(source.Path);
            var loaded = ServedModel.Load(source, catalogue);
            if (loaded.TryGet(out var model, out var why)) current = model;
            failure = why;
            return loaded;
        }
    }
}
