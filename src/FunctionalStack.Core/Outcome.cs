using System.Diagnostics.CodeAnalysis;

namespace FunctionalStack;

/// <summary>Why an operation that depends on data failed: where, what was found, and how to fix it.</summary>
/// <param name="Where">The location, outermost first: <c>"knn, fold 2 of 5"</c>, <c>"train.csv, row 17, column Age"</c>.</param>
/// <param name="What">What was found.</param>
/// <param name="Remedy">How to fix it.</param>
public sealed record Failure(string Where, string What, string Remedy)
{
    /// <summary>The same failure with <paramref name="where"/> prepended to its location, unless it already begins with it.</summary>
    public Failure At(string where) => this with { Where = Location.Within(where, Where) };

    /// <summary>The same failure of rows that follow <paramref name="rows"/> others: the row number in its location is counted from the
    /// first of these.</summary>
    public Failure Below(long rows) => this with { Where = Location.Below(Where, rows) };

    /// <summary>The note of a tolerated failure.</summary>
    internal Note LeftOut => new(Where, $"left out: {What}. {Remedy}");

    /// <inheritdoc/>
    public override string ToString() => $"{(Where.Length == 0 ? "" : Where + ": ")}{What}. {Remedy}";
}

/// <summary>A note about a result.</summary>
/// <param name="Where">The location, outermost first; may be empty.</param>
/// <param name="What">The message.</param>
public sealed record Note(string Where, string What)
{
    /// <summary>For notes that count rows, or show the first of them: what <see cref="BlockNotes"/> needs. Ignored by equality.</summary>
    internal RowCount? Counted { get; init; }

    /// <summary>A note without a location.</summary>
    public static implicit operator Note(string what) => new("", what);

    /// <summary>The same note with <paramref name="where"/> prepended to its location, unless it already begins with it.</summary>
    public Note At(string where) => this with { Where = Location.Within(where, Where) };

    /// <inheritdoc/>
    public bool Equals(Note? other) => other is not null && Where == other.Where && What == other.What;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Where, What);

    /// <inheritdoc/>
    public override string ToString() => Where.Length == 0 ? What : $"{Where}: {What}";

    /// <summary>One line per distinct message, with its first location and the number of further places. Most notes repeat in every
    /// fold.</summary>
    public static EquatableArray<string> Summary(EquatableArray<Note> notes) =>
        EquatableArray.From(notes.Distinct().GroupBy(note => note.What).Select(same => same.Count() switch
        {
            1 => same.First().ToString(),
            2 => $"{same.Key} ({same.First().Where}, and 1 more place)",
            var places => $"{same.Key} ({same.First().Where}, and {places - 1} more places)",
        }));
}

/// <summary>
/// The result of an operation that depends on data: a value with notes, or a <see cref="Failure"/>.
/// Exceptions are reserved for programming errors.
/// </summary>
/// <typeparam name="T">The type of the value.</typeparam>
public abstract record Outcome<T>
{
    private protected abstract void Seal();

    /// <summary>Notes about the result, such as a class absent from a fold or a base that was left out. Empty for a failure.</summary>
    public abstract EquatableArray<Note> Notes { get; }

    /// <summary>A value.</summary>
    /// <param name="Value">The value.</param>
    public sealed record Ok(T Value) : Outcome<T>
    {
        /// <summary>A value with notes.</summary>
        public Ok(T value, EquatableArray<Note> notes) : this(value) => Notes = notes;

        /// <inheritdoc/>
        public override EquatableArray<Note> Notes { get; }

        private protected override void Seal() { }
    }

    /// <summary>A failure.</summary>
    /// <param name="Failure">The failure.</param>
    public sealed record Fail(Failure Failure) : Outcome<T>
    {
        /// <inheritdoc/>
        public override EquatableArray<Note> Notes => default;

        private protected override void Seal() { }
    }

    /// <summary>Applies <paramref name="ok"/> to the value, or <paramref name="fail"/> to the failure.</summary>
    public TResult Match<TResult>(Func<T, TResult> ok, Func<Failure, TResult> fail) => this switch
    {
        Ok o => ok(o.Value),
        Fail f => fail(f.Failure),
        _ => throw new InvalidOperationException(),
    };

    /// <summary>Runs <paramref name="ok"/> with the value, or <paramref name="fail"/> with the failure.</summary>
    public void Match(Action<T> ok, Action<Failure> fail)
    {
        if (this is Ok o) ok(o.Value);
        else fail(((Fail)this).Failure);
    }

    /// <summary>Whether there is a value. Otherwise there is a failure.</summary>
    /// <param name="value">The value; the default without one.</param>
    /// <param name="failure">The failure; null without one.</param>
    public bool TryGet([MaybeNullWhen(false)] out T value, [NotNullWhen(false)] out Failure? failure)
    {
        (value, failure) = this is Ok ok ? (ok.Value, (Failure?)null) : (default, ((Fail)this).Failure);
        return failure is null;
    }

    /// <summary>Applies a function that may fail to the value. Notes are concatenated. A failure is passed on.</summary>
    public Outcome<TResult> Bind<TResult>(Func<T, Outcome<TResult>> next) =>
        Match(value => next(value).Noting(Notes), failure => new Outcome<TResult>.Fail(failure));

    /// <summary>Applies a function to the value and keeps the notes. A failure is passed on.</summary>
    public Outcome<TResult> Map<TResult>(Func<T, TResult> next) => Bind(value => Outcome.Ok(next(value)));

    /// <summary>Like <see cref="Map"/>, and also passes the notes to the function.</summary>
    internal Outcome<TResult> Noted<TResult>(Func<T, EquatableArray<Note>, TResult> next) => Map(value => next(value, Notes));

    /// <summary><see cref="Map"/>, for LINQ query syntax.</summary>
    public Outcome<TResult> Select<TResult>(Func<T, TResult> next) => Map(next);

    /// <summary><see cref="Bind"/>, for LINQ query syntax.</summary>
    public Outcome<TResult> SelectMany<TNext, TResult>(Func<T, Outcome<TNext>> next, Func<T, TNext, TResult> both) =>
        Bind(value => next(value).Map(second => both(value, second)));

    /// <summary>The same outcome with <paramref name="notes"/> before its own. A failure is returned unchanged.</summary>
    public Outcome<T> Noting(EquatableArray<Note> notes) =>
        this is Ok ok && notes.Count > 0 ? new Ok(ok.Value, [.. notes, .. ok.Notes]) : this;

    /// <summary>The same outcome without notes. For intermediate values whose notes are reported elsewhere.</summary>
    public Outcome<T> WithoutNotes() => this is Ok ok && ok.Notes.Count > 0 ? new Ok(ok.Value) : this;

    /// <summary>The same outcome with <paramref name="where"/> prepended to the location of the failure and of each note.</summary>
    public Outcome<T> At(string where) => this switch
    {
        Fail f => new Fail(f.Failure.At(where)),
        Ok ok when ok.Notes.Count > 0 => new Ok(ok.Value, EquatableArray.From(ok.Notes.Select(note => note.At(where)))),
        _ => this,
    };

    /// <summary>The same outcome, with <see cref="Failure.Below"/> applied to a failure.</summary>
    public Outcome<T> Below(long rows) => this is Fail f ? new Fail(f.Failure.Below(rows)) : this;

    /// <summary>The value and its notes. Throws on failure.</summary>
    /// <exception cref="OutcomeException">The outcome is a failure.</exception>
    public T OrThrow(out EquatableArray<Note> notes)
    {
        notes = Notes;
        return OrThrow();
    }

    /// <summary>The value. Throws on failure. Notes are discarded, unless the value contains them.</summary>
    /// <exception cref="OutcomeException">The outcome is a failure.</exception>
    public T OrThrow() => Match(value => value, failure => throw new OutcomeException(failure));
}

/// <summary>Thrown only by <see cref="Outcome{T}.OrThrow()"/>.</summary>
/// <param name="failure">The failure.</param>
public sealed class OutcomeException(Failure failure) : Exception(failure.ToString())
{
    /// <summary>The failure.</summary>
    public Failure Failure => failure;
}

/// <summary>Creates and combines <see cref="Outcome{T}"/>.</summary>
public static class Outcome
{
    /// <summary>A value without notes.</summary>
    public static Outcome<T> Ok<T>(T value) => new Outcome<T>.Ok(value);

    /// <summary>A failure.</summary>
    /// <param name="where">The location, outermost first.</param>
    /// <param name="what">What was found.</param>
    /// <param name="remedy">How to fix it.</param>
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
