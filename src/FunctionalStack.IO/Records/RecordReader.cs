using System.Linq.Expressions;

namespace FunctionalStack.IO;

/// <summary>
/// Reads records of one type as columns: numbers and truth become numeric columns (null is missing, truth is 1 or 0);
/// words, characters and enums become categorical ones (null or empty is missing); dates become their parts (<see cref="DateColumns"/>).
/// Columns are named as the fields.
/// Made once for a type, since that compiles what reads each field; safe from any thread.
/// </summary>
public sealed class RecordReader<T>
{
    private readonly RecordTypes types;
    private readonly Field[] fields;

    /// <param name="types">The language's rules.</param>
    public RecordReader(RecordTypes types)
    {
        this.types = types;
        var row = Expression.Parameter(typeof(T), "row");
        fields =
        [
            .. types.FieldsOf(typeof(T)).Select(field =>
                new Field(field.Name, field.PropertyType, Readings.Of<T>(types, row, Expression.Property(row, field)))),
        ];
    }

    /// <summary>One column for each field that is a number or a category, and every part of a date; others are left out.</summary>
    public Frame Frame(ReadOnlySpan<T> records)
    {
        var columns = new List<NamedColumn>(fields.Length);
        foreach (var field in fields)
        {
            if (ReadColumn.EveryFeature(field.Name, field.Reading, records) is { } made) columns.AddRange(made);
        }

        return new(records.Length, EquatableArray.From(columns));
    }

    /// <summary>One column for each field but those dropped. Fails on a field that is neither a number, a category nor a date.</summary>
    internal Outcome<Frame> Features(ReadOnlySpan<T> records, IReadOnlySet<string> dropped)
    {
        var columns = new List<NamedColumn>(fields.Length);
        foreach (var field in fields)
        {
            if (dropped.Contains(field.Name)) continue;
            if (ReadColumn.Features(field.Name, field.Reading, records) is not { } made)
            {
                return Outcome.Fail<Frame>(
                    $"{typeof(T).Name}.{field.Name}", $"is of type {field.Type.Name}, neither a number, a category nor a date",
                    $"Leave it out: {types.Drop(field.Name)}.");
            }

            columns.AddRange(made);
        }

        return Outcome.Ok(new Frame(records.Length, EquatableArray.From(columns)));
    }

    /// <summary>A failure for the first name that no field has.</summary>
    internal Failure? Unknown(IEnumerable<string> names)
    {
        var known = fields.Select(field => field.Name).ToArray();
        return names.FirstOrDefault(name => !known.Contains(name)) is not { } unknown ? null : new(
            typeof(T).Name, $"has no field '{unknown}'",
            $"{(NearestName.To(unknown, known) is { } near ? $"Did you mean '{near}'? " : "")}The fields are {string.Join(", ", known)}.");
    }

    internal Outcome<Target> Target<TTarget>(ReadOnlySpan<T> records, Func<T, TTarget> target) =>
        ReadColumn.Target(Readings.Of<TTarget>(types), ReadColumn.Read(records, target)) ?? Outcome.Fail<Target>(
            "the target", $"is of type {typeof(TTarget).Name}, neither words nor numbers", $"Select a {types.TargetTypes}.");

    /// <summary>Numbers as they are and dates as seconds, by which rows are put in order.</summary>
    internal Outcome<EquatableArray<double>> Time<TTime>(ReadOnlySpan<T> records, Func<T, TTime> time)
    {
        var of = Readings.Of<TTime>(types) switch
        {
            Reading<TTime>.Numbers numbers => numbers.Of,
            Reading<TTime>.Moments moments => moments.Of,
            _ => null,
        };
        if (of is null)
        {
            return Outcome.Fail<EquatableArray<double>>(
                "the time",
                $"is of type {typeof(TTime).Name}, neither a number nor a date",
                "Select a number, DateTime, DateTimeOffset or DateOnly.");
        }

        var times = ReadColumn.Read(ReadColumn.Read(records, time).AsSpan(), of);
        return Array.FindIndex(times, moment => !double.IsFinite(moment)) is var hole and >= 0
            ? Outcome.Fail<EquatableArray<double>>($"row {hole + 1}", "the time is missing or not finite", "Give every row a time.")
            : Outcome.Ok(EquatableArray.Own(times));
    }

    private sealed record Field(string Name, Type Type, Reading<T>? Reading);
}
