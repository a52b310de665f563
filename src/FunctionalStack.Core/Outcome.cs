namespace FunctionalStack;

/// <summary>Why something that depends on data could not be done: where, what was found, and how to fix it.</summary>
/// <param name="Where">The place, outermost first: <c>"knn, fold 2 of 5"</c>, <c>"train.csv, row 17, column Age"</c>.</param>
/// <param name="What">What was found there.</param>
/// <param name="Remedy">What the reader can do about it.</param>
public sealed record Failure(string Where, string What, string Remedy)
{
    /// <summary>The same failure, seen from one level further out.</summary>
    public Failure At(string where) => where.Length == 0 ? this : this with { Where = Where.Length == 0 ? where : $"{where}: {Where}" };

    /// <summary>What is noted where the failure was tolerated.</summary>
    internal Note LeftOut => new(Where, $"left out: {What}. {Remedy}");

    public override string ToString() => $"{(Where.Length == 0 ? "" : Where + ": ")}{What}. {Remedy}";
}

/// <summary>Something a reader of a result should know: what, and where it was noticed.</summary>
public sealed record Note(string Where, string What)
{
    public static implicit operator Note(string what) => new("", what);

    /// <summary>The same note, seen from one level further out.</summary>
    public Note At(string where) => where.Length == 0 ? this : this with { Where = Where.Length == 0 ? where : $"{where}: {Where}" };

    public override string ToString() => Where.Length == 0 ? What : $"{Where}: {What}";

    /// <summary>A line for each thing noted, saying where first and how often: what is noted in one fold is mostly noted in all.</summary>
    public static EquatableArray<string> Summary(EquatableArray<Note> notes) => EquatableArray.From(notes.Distinct().GroupBy(note => note.What).Select(same =>
        same.Count() == 1 ? same.First().ToString() : $"{same.Key} ({same.First().Where}, and {same.Count() - 1} more)"));
}

/// <summary>
/// The result of anything that depends on data: a value with notes about how it came to be, or a <see cref="Failure"/>.
/// Exceptions are kept for programmer error.
/// </summary>
public abstract record Outcome<T>
{
    private protected abstract void Seal();

    /// <summary>What a reader of the result should know: a class absent from a fold, a base left out.</summary>
    public abstract EquatableArray<Note> Notes { get; }

    public sealed record Ok(T Value) : Outcome<T>
    {
        public Ok(T value, EquatableArray<Note> notes) : this(value) => Notes = notes;

        public override EquatableArray<Note> Notes { get; }

        private protected override void Seal() { }
    }

    public sealed record Fail(Failure Failure) : Outcome<T>
    {
        public override EquatableArray<Note> Notes => default;

        private protected override void Seal() { }
    }

    public TResult Match<TResult>(Func<T, TResult> ok, Func<Failure, TResult> fail) => this switch
    {
        Ok o => ok(o.Value),
        Fail f => fail(f.Failure),
        _ => throw new InvalidOperationException(),
    };

    public Outcome<TResult> Bind<TResult>(Func<T, Outcome<TResult>> next) =>
        Match(value => next(value).Noting(Notes), failure => new Outcome<TResult>.Fail(failure));

    public Outcome<TResult> Map<TResult>(Func<T, TResult> next) => Bind(value => Outcome.Ok(next(value)));

    /// <summary>As <see cref="Map"/>, where what comes of it keeps the notes as well.</summary>
    internal Outcome<TResult> Noted<TResult>(Func<T, EquatableArray<Note>, TResult> next) => Map(value => next(value, Notes));

    /// <summary>LINQ's names for <see cref="Map"/> and <see cref="Bind"/>, so that steps read as a query.</summary>
    public Outcome<TResult> Select<TResult>(Func<T, TResult> next) => Map(next);

    public Outcome<TResult> SelectMany<TNext, TResult>(Func<T, Outcome<TNext>> next, Func<T, TNext, TResult> both) =>
        Bind(value => next(value).Map(second => both(value, second)));

    /// <summary>The same outcome with <paramref name="notes"/> before its own; a failure stays as it is.</summary>
    public Outcome<T> Noting(EquatableArray<Note> notes) =>
        this is Ok ok && notes.Count > 0 ? new Ok(ok.Value, [.. notes, .. ok.Notes]) : this;

    /// <summary>The same outcome without notes: for a value read on its way, whose notes are told where it was made.</summary>
    public Outcome<T> WithoutNotes() => this is Ok ok && ok.Notes.Count > 0 ? new Ok(ok.Value) : this;

    /// <summary>The same outcome seen from further out: a failure's place and each note gain <paramref name="where"/>.</summary>
    public Outcome<T> At(string where) => this switch
    {
        Fail f => new Fail(f.Failure.At(where)),
        Ok ok when ok.Notes.Count > 0 => new Ok(ok.Value, EquatableArray.From(ok.Notes.Select(note => note.At(where)))),
        _ => this,
    };

    /// <summary>The value, for callers that treat failure as an exception, and the notes beside it.</summary>
    /// <exception cref="OutcomeException">The outcome is a failure.</exception>
    public T OrThrow(out EquatableArray<Note> notes)
    {
        notes = Notes;
        return OrThrow();
    }

    /// <summary>The value, for callers that treat failure as an exception; notes are lost, but for those that it holds itself.</summary>
    /// <exception cref="OutcomeException">The outcome is a failure.</exception>
    public T OrThrow() => Match(value => value, failure => throw new OutcomeException(failure));
}

/// <summary>Thrown by <see cref="Outcome{T}.OrThrow()"/> only.</summary>
public sealed class OutcomeException(Failure failure) : Exception(failure.ToString())
{
    public Failure Failure => failure;
}

public static class Outcome
{
    public static Outcome<T> Ok<T>(T value) => new Outcome<T>.Ok(value);

    public static Outcome<T> Fail<T>(string where, string what, string remedy) => new Outcome<T>.Fail(new(where, what, remedy));

    /// <summary>All values in order, or the first failure in order.</summary>
    public static Outcome<EquatableArray<T>> All<T>(IEnumerable<Outcome<T>> outcomes)
    {
        var values = new List<T>();
        var notes = new List<Note>();
        foreach (var outcome in outcomes)
        {
            switch (outcome)
            {
                case Outcome<T>.Fail fail: return new Outcome<EquatableArray<T>>.Fail(fail.Failure);
                case Outcome<T>.Ok ok:
                    values.Add(ok.Value);
                    notes.AddRange(ok.Notes);
                    break;
            }
        }

        return new Outcome<EquatableArray<T>>.Ok(EquatableArray.From(values), EquatableArray.From(notes));
    }
}
