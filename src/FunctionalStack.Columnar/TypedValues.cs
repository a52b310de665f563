using System.Globalization;
using FunctionalStack.IO;

namespace FunctionalStack.Columnar;

/// <summary>Converts the values of files to the types of table columns.</summary>
internal static class TypedValues
{
    // Whole numbers below 2^24 are exact in single precision.
    private const float MostExact = 16777216;

    /// <summary>The double with the shortest decimal text of the number, as a CSV file has it: 0.1 for 0.1f.</summary>
    public static double Double(float number) =>
        MathF.Abs(number) < MostExact && MathF.Truncate(number) == number || !float.IsFinite(number)
        ? number
        : double.Parse(number.ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    /// <summary>The double nearest to a decimal number.</summary>
    public static double Double(string number) => double.Parse(number, CultureInfo.InvariantCulture);

    /// <summary>Whole numbers; as doubles if one does not fit.</summary>
    public static TypedColumn Unsigned(ulong?[] numbers) => Array.TrueForAll(numbers, number => number is null or <= long.MaxValue)
        ? new TypedColumn.Integers(EquatableArray.Own(Array.ConvertAll(numbers, number => (long?)number)))
        : new TypedColumn.Numbers(EquatableArray.Own(Array.ConvertAll(numbers, number => number ?? double.NaN)));

    /// <summary>The rows of columns of one type, one after another.</summary>
    public static TypedColumn Concat(IReadOnlyList<TypedColumn> parts) => parts.Count == 1 ? parts[0] : parts[0] switch
    {
        TypedColumn.Booleans => new TypedColumn.Booleans(All<TypedColumn.Booleans, bool?>(parts, part => part.Values)),
        TypedColumn.Strings => new TypedColumn.Strings(All<TypedColumn.Strings, string?>(parts, part => part.Values)),
        TypedColumn.Dates => new TypedColumn.Dates(All<TypedColumn.Dates, DateTime?>(parts, part => part.Values)),
        TypedColumn.Times => new TypedColumn.Times(All<TypedColumn.Times, TimeOnly?>(parts, part => part.Values)),
        _ when parts.All(part => part is TypedColumn.Integers) =>
            new TypedColumn.Integers(All<TypedColumn.Integers, long?>(parts, part => part.Values)),
        _ => new TypedColumn.Numbers(EquatableArray.From(parts.SelectMany(Numbers))),
    };

    /// <summary>The rows at <paramref name="places"/>; missing where null.</summary>
    public static TypedColumn Gather(TypedColumn values, int?[] places) => values switch
    {
        TypedColumn.Booleans all => new TypedColumn.Booleans(At(all.Values, places, null)),
        TypedColumn.Strings all => new TypedColumn.Strings(At(all.Values, places, null)),
        TypedColumn.Dates all => new TypedColumn.Dates(At(all.Values, places, null)),
        TypedColumn.Times all => new TypedColumn.Times(At(all.Values, places, null)),
        TypedColumn.Integers all => new TypedColumn.Integers(At(all.Values, places, null)),
        _ => new TypedColumn.Numbers(At(((TypedColumn.Numbers)values).Values, places, double.NaN)),
    };

    private static EquatableArray<T> At<T>(EquatableArray<T> values, int?[] places, T missing) =>
        EquatableArray.Own(Array.ConvertAll(places, place => place is { } at ? values[at] : missing));

    private static EquatableArray<T> All<TColumn, T>(IReadOnlyList<TypedColumn> parts, Func<TColumn, EquatableArray<T>> values)
        where TColumn : TypedColumn => EquatableArray.From(parts.SelectMany(part => values((TColumn)part)));

    private static IEnumerable<double> Numbers(TypedColumn part) => part is TypedColumn.Integers whole
        ? whole.Values.Select(number => number ?? double.NaN) : ((TypedColumn.Numbers)part).Values;
}
