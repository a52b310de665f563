using System.Collections.Immutable;

namespace FunctionalStack.IO;

/// <summary>
/// Records on their way to a <see cref="Dataset"/>: which fields are no features, and the roles. Immutable: every member
/// returns a new one. The C# facade and the F# surface give it functions, each with the names of the fields that it reads;
/// these are then no features.
/// </summary>
public sealed record RecordRows<T>
{
    /// <param name="reader">What reads records of the type.</param>
    /// <param name="records">The rows, in order.</param>
    public RecordRows(RecordReader<T> reader, IEnumerable<T> records) => (Reader, Records) = (reader, EquatableArray.From(records));

    private RecordReader<T> Reader { get; }

    private EquatableArray<T> Records { get; }

    private ImmutableHashSet<string> Dropped { get; init; } = [];

    private ImmutableHashSet<string> Named { get; init; } = [];

    private Func<T, double>? Weight { get; init; }

    private WeightKind WeightKind { get; init; }

    private Func<T, object?>? Group { get; init; }

    private Func<T, int>? Fold { get; init; }

    private Func<Outcome<EquatableArray<double>>>? Moments { get; init; }

    /// <summary>These fields are no features. Names that are no field's are refused when the dataset is made.</summary>
    public RecordRows<T> Drop(IEnumerable<string> fields) => this with { Named = Named.Union(fields) };

    /// <summary>These members, known to exist, are no features.</summary>
    public RecordRows<T> Leave(IEnumerable<string> members) => this with { Dropped = Dropped.Union(members) };

    /// <summary>A finite weight of at least 0 a row.</summary>
    public RecordRows<T> Weights(Func<T, double> weight, IEnumerable<string> reads, WeightKind kind = WeightKind.Importance) =>
        Leave(reads) with { Weight = weight, WeightKind = kind };

    /// <summary>Rows with equal keys belong together.</summary>
    public RecordRows<T> Groups(Func<T, object?> group, IEnumerable<string> reads) => Leave(reads) with { Group = group };

    /// <summary>The fold each row was put into.</summary>
    public RecordRows<T> Folds(Func<T, int> fold, IEnumerable<string> reads) => Leave(reads) with { Fold = fold };

    /// <summary>When each row was: a finite number, or a date, which is read as seconds since 1970.</summary>
    public RecordRows<T> Time<TTime>(Func<T, TTime> time, IEnumerable<string> reads) =>
        Leave(reads) with { Moments = () => Reader.Time(Records.AsSpan(), time) };

    /// <summary>
    /// Features and target: words, enums, characters and truth are classes, numbers are values. Fails without rows, where
    /// a role or the target is missing, and on a field that is neither a number, a category nor a date and was not dropped.
    /// </summary>
    public Outcome<Dataset> Target<TTarget>(Func<T, TTarget> target, IEnumerable<string> reads)
    {
        if (Records.Count == 0) return Outcome.Fail<Dataset>("rows", "there are none", "Give at least one row.");
        if (Reader.Unknown(Named) is { } unknown) return new Outcome<Dataset>.Fail(unknown);
        return from known in Reader.Target(Records.AsSpan(), target)
               from frame in Reader.Features(Records.AsSpan(), Dropped.Union(Named).Union(reads))
               from weights in Weights()
               from groups in Groups()
               from time in Moments is null ? Outcome.Ok<EquatableArray<double>?>(null) : Moments().Map(moments => (EquatableArray<double>?)moments)
               let folds = Fold is null ? (EquatableArray<int>?)null : EquatableArray.Own(ReadColumn.Read(Records.AsSpan(), Fold))
               select new Dataset(frame, new Roles(known, weights, groups, folds, time));
    }

    private Outcome<EquatableArray<double>?> Weights()
    {
        if (Weight is null) return Outcome.Ok<EquatableArray<double>?>(null);
        var weights = ReadColumn.Read(Records.AsSpan(), Weight);
        return Array.FindIndex(weights, weight => !(weight >= 0) || double.IsInfinity(weight)) is var bad and >= 0
            ? Outcome.Fail<EquatableArray<double>?>($"row {bad + 1}", $"the weight is {weights[bad]}", "Give finite weights of at least 0.")
            : Weighed(EquatableArray.Own(weights));
    }

    private Outcome<EquatableArray<double>?> Weighed(EquatableArray<double> given)
    {
        var frequencies = RowWeights.Frequencies(given, WeightKind);
        return Outcome.Ok<EquatableArray<double>?>(frequencies).Noting(RowWeights.Vanished(given, frequencies) is { } note ? [note] : default);
    }

    // Numbered in the order in which they appear.
    private Outcome<EquatableArray<int>?> Groups()
    {
        if (Group is null) return Outcome.Ok<EquatableArray<int>?>(null);
        var numbers = new Dictionary<object, int>();
        var groups = new int[Records.Count];
        for (var row = 0; row < groups.Length; row++)
        {
            if (Group(Records[row]) is not { } key)
            {
                return Outcome.Fail<EquatableArray<int>?>($"row {row + 1}", "the group is missing", "Give every row a group.");
            }

            if (!numbers.TryGetValue(key, out groups[row])) numbers[key] = groups[row] = numbers.Count;
        }

        return Outcome.Ok<EquatableArray<int>?>(EquatableArray.Own(groups));
    }
}
