namespace FunctionalStack.IO;

/// <summary>
/// A journal in a folder. Each finished fit, and its model's out-of-fold predictions, are stored in a separate file, named by the
/// key and written atomically. A run that was killed and is restarted finds all fits except those in progress, and its result is
/// bit-identical. One process uses a journal at a time.
/// </summary>
/// <remarks>
/// Files are model files (docs/model-format.md) with a checksum. A file that is damaged or of another version is ignored: its fit is
/// repeated and the file replaced. If a file cannot be written, the run continues without writing more. Files are never deleted;
/// entries of specs and data that are no longer used do no harm.
/// </remarks>
public sealed class RunJournal : IJournal, IDisposable
{
    private const string Ending = ".entry";

    private readonly object gate = new();
    private readonly string folder;
    private readonly FileStream held;
    private readonly ModelRegistry registry;
    private readonly List<Note> notes = [];
    private int found;
    private int kept;
    private int damaged;
    private bool full;

    private RunJournal(string folder, FileStream held, ModelRegistry registry) =>
        (this.folder, this.held, this.registry) = (folder, held, registry);

    /// <summary>
    /// Opens a folder, which is created if it does not exist. Fails if it cannot be created or written to, or another process has it
    /// open; the operating system releases it however that process ends.
    /// </summary>
    /// <param name="folder">The folder; it should contain nothing else.</param>
    /// <param name="catalogue">The models that can be stored; null for the library's.</param>
    public static Outcome<RunJournal> Open(string folder, Catalogue? catalogue = null)
    {
        if (string.IsNullOrWhiteSpace(folder) || folder.Contains('\0'))
            return Outcome.Fail<RunJournal>($"'{folder}'", "is not a path", "Give the path of a folder.");
        if (File.Exists(folder))
            return Outcome.Fail<RunJournal>(folder, "is a file", "Give the path of a folder; it is created if it does not exist.");
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Outcome.Fail<RunJournal>(folder, $"cannot be created: {exception.Message.TrimEnd('.')}",
                "Check the path and the permission to write there.");
        }

        FileStream? held = null;
        try
        {
            held = new FileStream(Path.Combine(folder, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            foreach (var left in AtomicFile.LeftIn(folder)) File.Delete(left);
            return Outcome.Ok(new RunJournal(folder, held, JournalEntry.Registered(catalogue ?? Library.Catalogue)));
        }
        catch (IOException exception) when (held is null && IsHeld(exception))
        {
            return Outcome.Fail<RunJournal>(folder, "is in use by another run", "Wait until it ends, or give another folder.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            held?.Dispose();
            return Outcome.Fail<RunJournal>(folder, $"cannot be written to: {exception.Message.TrimEnd('.')}",
                "Check the permission to write there and the space left.");
        }
    }

    // A sharing violation: the error code of Windows, or that of flock on Linux and macOS.
    private static bool IsHeld(IOException exception) => exception.HResult is unchecked((int)0x80070020) or 11 or 35;

    /// <summary>The statistics of the journal so far.</summary>
    public JournalReport Report
    {
        get
        {
            lock (gate) return new(found, kept, damaged, EquatableArray.From(notes));
        }
    }

    /// <inheritdoc/>
    public Outcome<T>.Ok? Find<T>(FitKey key) where T : class
    {
        var path = PathOf(key);
        if (!File.Exists(path)) return null;
        var entry = ModelFile.Load<JournalEntry>(path, registry)
            .Bind(read =>
                read.Model.As<T>(key) is { } held
                    ? Outcome.Ok(held) : Outcome.Fail<Outcome<T>.Ok>(path, "it has another fit", "No action is needed."));
        lock (gate)
        {
            if (entry is Outcome<Outcome<T>.Ok>.Fail fail)
            {
                damaged++;
                notes.Add(new(path, $"fitted again: {fail.Failure.What}"));
                return null;
            }

            if (typeof(T) == typeof(IModel)) found++;
            return entry.Match<Outcome<T>.Ok?>(ok => ok, _ => null);
        }
    }

    /// <inheritdoc/>
    public void Keep<T>(FitKey key, Outcome<T>.Ok made) where T : class
    {
        lock (gate)
        {
            if (typeof(T) == typeof(IModel)) kept++;
            if (full) return;
        }

        var card = new ModelCard("", default, new(default), 0);
        var path = PathOf(key);
        // Content that cannot be encoded fails before the file is opened.
        var written = ModelFile.Encode(path, JournalEntry.Of(key, made), card, registry).Match(
            write => AtomicFile.WriteUnflushed(path, write).Map(_ => true),
            failure => Outcome.Ok(false).Noting([new("", $"not stored, so a restarted run fits it again: {failure.What}")]));
        lock (gate)
        {
            notes.AddRange(written.Notes.Except(notes));
            if (written is not Outcome<bool>.Fail fail || full) return;
            full = true;
            notes.Add(new(folder, $"nothing more is stored, since a file {fail.Failure.What}"));
        }
    }

    /// <inheritdoc/>
    public void Passed(ILearner learner)
    {
        var note = new Note(learner.Name, "its fits are not stored, since its parameters are not plain data");
        lock (gate)
        {
            if (!notes.Contains(note)) notes.Add(note);
        }
    }

    /// <summary>Releases the folder.</summary>
    public void Dispose() => held.Dispose();

    private string PathOf(FitKey key) => Path.Combine(folder, key.Hex + Ending);
}

/// <summary>The statistics of a journal.</summary>
/// <param name="Found">Fits that were found.</param>
/// <param name="Fitted">Fits that were not found and were made.</param>
/// <param name="Damaged">Files that were found but could not be used.</param>
/// <param name="Notes">The reasons for these, and what could not be stored.</param>
public sealed record JournalReport(int Found, int Fitted, int Damaged, EquatableArray<Note> Notes);
