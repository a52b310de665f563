namespace FunctionalStack.IO;

/// <summary>
/// A journal in a folder: each finished fit, and what its model predicted out of fold, in a file of its own, named by its
/// key and written beside and renamed. A run that was killed and is begun again finds all but the fits that were under
/// way, and ends in the same bits. Held by one process at a time.
/// </summary>
/// <remarks>
/// Files are model files (docs/model-format.md) with their checksum. One that is damaged, or of another version, is as
/// good as absent: its fit is made again and the file replaced. When one cannot be written, the run goes on and writes no
/// more. Files are never deleted; keys of specs and data that are no longer used do no harm.
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

    private RunJournal(string folder, FileStream held, ModelRegistry registry) => (this.folder, this.held, this.registry) = (folder, held, registry);

    /// <summary>
    /// Opens a folder, made if it is absent. Fails where it cannot be made or written to, or another process holds it;
    /// the operating system lets go of it however that process ends.
    /// </summary>
    /// <param name="folder">Where entries are; nothing else should be.</param>
    /// <param name="catalogue">The models that can be kept; null for those of this library.</param>
    public static Outcome<RunJournal> Open(string folder, Catalogue? catalogue = null)
    {
        if (string.IsNullOrWhiteSpace(folder) || folder.Contains('\0')) return Outcome.Fail<RunJournal>($"'{folder}'", "is not a path", "Give the path of a folder.");
        if (File.Exists(folder)) return Outcome.Fail<RunJournal>(folder, "is a file", "Give the path of a folder, which is made if it is absent.");
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Outcome.Fail<RunJournal>(folder, $"cannot be made: {exception.Message.TrimEnd('.')}", "Check the path and the permission to write there.");
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
            return Outcome.Fail<RunJournal>(folder, "is held by another run", "Wait for that to end, or give this one a folder of its own.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            held?.Dispose();
            return Outcome.Fail<RunJournal>(folder, $"cannot be written to: {exception.Message.TrimEnd('.')}", "Check the permission to write there and the space left.");
        }
    }

    // A sharing violation: Windows's code for it, or what flock says on Linux and on macOS.
    private static bool IsHeld(IOException exception) => exception.HResult is unchecked((int)0x80070020) or 11 or 35;

    /// <summary>What has come of it so far.</summary>
    public JournalReport Report
    {
        get
        {
            lock (gate) return new(found, kept, damaged, EquatableArray.From(notes));
        }
    }

    public Outcome<T>.Ok? Find<T>(FitKey key) where T : class
    {
        var path = PathOf(key);
        if (!File.Exists(path)) return null;
        var entry = ModelFile.Load<JournalEntry>(path, registry)
            .Bind(read => read.Model.As<T>(key) is { } held ? Outcome.Ok(held) : Outcome.Fail<Outcome<T>.Ok>(path, "it holds another fit", "Nothing need be done."));
        lock (gate)
        {
            if (entry is Outcome<Outcome<T>.Ok>.Fail fail)
            {
                damaged++;
                notes.Add(new(path, $"made again: {fail.Failure.What}"));
                return null;
            }

            if (typeof(T) == typeof(IModel)) found++;
            return entry.Match<Outcome<T>.Ok?>(ok => ok, _ => null);
        }
    }

    public void Keep<T>(FitKey key, Outcome<T>.Ok made) where T : class
    {
        lock (gate)
        {
            if (typeof(T) == typeof(IModel)) kept++;
            if (full) return;
        }

        var card = new ModelCard("", default, new(default), 0);
        var path = PathOf(key);
        // What cannot be encoded is refused before the file is opened.
        var written = ModelFile.Encode(path, JournalEntry.Of(key, made), card, registry).Match(
            write => AtomicFile.WriteUnflushed(path, write).Map(_ => true),
            failure => Outcome.Ok(false).Noting([new("", $"not kept, so fitted again by a run begun anew: {failure.What}")]));
        lock (gate)
        {
            notes.AddRange(written.Notes.Except(notes));
            if (written is not Outcome<bool>.Fail fail || full) return;
            full = true;
            notes.Add(new(folder, $"nothing more is kept, since a file {fail.Failure.What}"));
        }
    }

    public void Passed(ILearner learner)
    {
        var note = new Note(learner.Name, "its fits are not kept, since its parameters are not plain data");
        lock (gate)
        {
            if (!notes.Contains(note)) notes.Add(note);
        }
    }

    /// <summary>Lets go of the folder.</summary>
    public void Dispose() => held.Dispose();

    private string PathOf(FitKey key) => Path.Combine(folder, key.Hex + Ending);
}

/// <summary>What has come of a journal.</summary>
/// <param name="Found">Fits that were there.</param>
/// <param name="Fitted">Fits that were not, and were made.</param>
/// <param name="Damaged">Files that were there but could not be used.</param>
/// <param name="Notes">Which those were and why, and what could not be kept.</param>
public sealed record JournalReport(int Found, int Fitted, int Damaged, EquatableArray<Note> Notes);
