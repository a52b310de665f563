using System.Linq.Expressions;

namespace FunctionalStack.IO;

/// <summary>
/// Reads records of one type as columns. Numbers and booleans become numeric columns (null is missing, a boolean is 1 or 0).
/// Strings, characters and enums become categorical columns (null or empty is missing). Dates are replaced by their parts
/// (<see cref="DateColumns"/>). Columns have the names of the fields.
/// Create it once per type, since that compiles the readers of the fields. It is thread-safe.
/// </summary>
public sealed class RecordReader<T>
{
    private readonly RecordTypes types;
    private readonly ReadField[] fields;

    /// <summary>Compiles the readers of the fields.</summary>
    /// <param name="types">The language's rules.</param>
    public RecordReader(RecordTypes types)
    {
        this.types = types;
        var row = Expression.Parameter(typeof(T), "row");
        fields =
        [
            .. types.FieldsOf(typeof(T)).Select(field =>
                new ReadField(field.Name, field.PropertyType, Readings.Of<T>(types, row, Expression.Property(row, field)))),
        ];
    }

    /// <summary>A reader of given fields.</summary>
    internal RecordReader(RecordTypes types, IEnumerable<(string Name, Reading<T> Reading)> fields) =>
        (this.types, this.fields) = (types, [.. fields.Select(field => new ReadField(field.Name, typeof(object), field.Reading))]);

    /// <summary>One column per field that is a number or a category, and every part of a date. Other fields are skipped.</summary>
    public Frame Frame(ReadOnlySpan<T> records)
    {
        var columns = new List<NamedColumn>(fields.Length);
        foreach (var field in fields)
        {
            if (ReadColumn.EveryFeature(field.Name, field.Reading, records) is { } made) columns.AddRange(made);
        }

        return new(records.Length, EquatableArray.From(columns));
    }

    /// <summary>One column per field except those dropped. Fails for a field that is neither a number, a category nor a date.</summary>
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
                    $"Remove it: {types.Drop(field.Name)}.");
            }

            columns.AddRange(made);
        }

        return Outcome.Ok(new Frame(records.Length, EquatableArray.From(columns)));
    }

    /// <summary>The reading of a field; null if there is none of that name, or if it is neither a number, a category nor a date.</summary>
    internal Reading<T>? Field(string name) => Array.Find(fields, field => field.Name == name)?.Reading;

    /// <summary>The failure of a field of that name that is neither a number, a category nor a date; null if there is none.</summary>
    internal Failure? Unread(string name) => Array.Find(fields, field => field.Name == name) is { Reading: null } field ? new(
        $"{typeof(T).Name}.{name}", $"is of type {field.Type.Name}, neither a number, a category nor a date",
        "Give it a type such as double, bool, string or DateTime.") : null;

    /// <summary>A failure for the first name that is not a field.</summary>
    internal Failure? Unknown(IEnumerable<string> names)
    {
        var known = fields.Select(field => field.Name).ToArray();
        return names.FirstOrDefault(name => !known.Contains(name)) is not { } unknown ? null : new(
            typeof(T).Name, $"has no field '{unknown}'",
            $"{(NearestName.To(unknown, known) is { } near ? $"Did you mean '{near}'? " : "")}The fields are {string.Join(", ", known)}.");
    }

    internal Outcome<Target> Target<TTarget>(ReadOnlySpan<T> records, Func<T, TTarget> target) =>
        ReadColumn.Target(Readings.Of<TTarget>(types), ReadColumn.Read(records, target)) ?? Outcome.Fail<Target>(
            "the target", $"is of type {typeof(TTarget).Name}, neither a category nor a number", $"Select a {types.TargetTypes}.");

    /// <summary>Numbers unchanged and dates as seconds, for ordering the rows.</summary>
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

    private sealed record ReadField(string Name, Type Type, Reading<T>? Reading);
}
