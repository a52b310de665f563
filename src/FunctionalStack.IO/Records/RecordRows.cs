using System.Collections.Immutable;

namespace FunctionalStack.IO;

/// <summary>
/// Records with their roles, for creating a <see cref="Dataset"/>. Immutable: every member returns a new one. The C# facade and
/// the F# module pass functions, each with the names of the fields that it reads; these fields are then not features.
/// </summary>
public sealed record RecordRows<T>
{
    /// <summary>Records without roles yet.</summary>
    /// <param name="reader">The reader of the record type.</param>
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

    /// <summary>Excludes fields from the features. Unknown names fail when the dataset is created.</summary>
    public RecordRows<T> Drop(IEnumerable<string> fields) => this with { Named = Named.Union(fields) };

    /// <summary>Excludes fields, which must exist, from the features.</summary>
    public RecordRows<T> Leave(IEnumerable<string> members) => this with { Dropped = Dropped.Union(members) };

    /// <summary>Sets the weights: a finite number of at least 0 per row.</summary>
    public RecordRows<T> Weights(Func<T, double> weight, IEnumerable<string> reads, WeightKind kind = WeightKind.Importance) =>
        Leave(reads) with { Weight = weight, WeightKind = kind };

    /// <summary>Sets the groups: rows with equal keys are in one group.</summary>
    public RecordRows<T> Groups(Func<T, object?> group, IEnumerable<string> reads) => Leave(reads) with { Group = group };

    /// <summary>Sets the fold of each row.</summary>
    public RecordRows<T> Folds(Func<T, int> fold, IEnumerable<string> reads) => Leave(reads) with { Fold = fold };

    /// <summary>Sets the time of each row: a finite number, or a date, which is read as seconds since 1970.</summary>
    public RecordRows<T> Time<TTime>(Func<T, TTime> time, IEnumerable<string> reads) =>
        Leave(reads) with { Moments = () => Reader.Time(Records.AsSpan(), time) };

    /// <summary>
    /// Creates the dataset. A target of strings, enums, characters or booleans is for classification, a target of numbers for
    /// regression. It has the name of the field that it reads, if it reads one. Fails without rows, if a role or the target is missing,
    /// and for a field that is neither a number, a category nor a date and was not dropped.
    /// </summary>
    public Outcome<Dataset> Target<TTarget>(Func<T, TTarget> target, IEnumerable<string> reads)
    {
        if (Records.Count == 0) return Outcome.Fail<Dataset>("rows", "there are none", "Give at least one row.");
        if (Reader.Unknown(Named) is { } unknown) return new Outcome<Dataset>.Fail(unknown);
        return from known in Reader.Target(Records.AsSpan(), target)
               from frame in Reader.Features(Records.AsSpan(), Dropped.Union(Named).Union(reads))
               from weights in Weights()
               from groups in Groups()
               from time in Moments is null
                   ? Outcome.Ok<EquatableArray<double>?>(null) : Moments().Map(moments => (EquatableArray<double>?)moments)
               let folds = Fold is null ? (EquatableArray<int>?)null : EquatableArray.Own(ReadColumn.Read(Records.AsSpan(), Fold))
               let roles = new Roles(known, weights, groups, folds, time, WeightKind)
               select new Dataset(frame, reads.Distinct().ToArray() is [var name] ? roles with { TargetName = name } : roles);
    }

    private Outcome<EquatableArray<double>?> Weights()
    {
        if (Weight is null) return Outcome.Ok<EquatableArray<double>?>(null);
        var weights = ReadColumn.Read(Records.AsSpan(), Weight);
        var fractions = weights.Select((weight, row) => RowWeights.Fraction(weight, WeightKind)?.At($"row {row + 1}"));
        if (fractions.FirstOrDefault(fraction => fraction is not null) is { } first)
            return new Outcome<EquatableArray<double>?>.Fail(first);
        return Array.FindIndex(weights, weight => !(weight >= 0) || double.IsInfinity(weight)) is var bad and >= 0
            ? Outcome.Fail<EquatableArray<double>?>($"row {bad + 1}", $"the weight is {weights[bad]}", "Give finite weights of at least 0.")
            : Weighed(EquatableArray.Own(weights));
    }

    private Outcome<EquatableArray<double>?> Weighed(EquatableArray<double> given)
    {
        var frequencies = RowWeights.Frequencies(given, WeightKind);
        return Outcome.Ok<EquatableArray<double>?>(frequencies)
            .Noting(RowWeights.Vanished(given, frequencies) is { } note ? [note] : default);
    }

    // Numbered in order of first occurrence.
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
