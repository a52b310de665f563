using System.Collections;
using FunctionalStack.IO;
using FunctionalStack.Preprocessing;

namespace FunctionalStack.Serving;

/// <summary>The typical value of each column: the median, or the most frequent level, that the model imputes for missing values.</summary>
internal static class TypicalValues
{
    // Deeper than any stack. Nothing in a model refers back.
    private const int Deepest = 64;

    /// <summary>One cell per column of the schema; missing for a column that the model does not impute.</summary>
    public static double[] Of(IModel model, Schema schema)
    {
        var found = new Dictionary<string, ImputeMap.Number>(StringComparer.Ordinal);
        var categories = new Dictionary<string, ImputeMap.Category>(StringComparer.Ordinal);
        foreach (var map in Maps(model, 0))
        {
            foreach (var number in map.Numbers) found.TryAdd(number.Column, number);
            foreach (var category in map.Categories) categories.TryAdd(category.Column, category);
        }

        return [.. schema.Columns.Select(column => column switch
        {
            ColumnSchema.Categorical known => categories.TryGetValue(known.Name, out var fill) && fill.Level.Count > 0
                ? known.Levels.AsSpan().IndexOf(fill.Level[0]) : -1,
            ColumnSchema.Texts => -1,
            _ => found.TryGetValue(column.Name, out var number) ? number.Value : double.NaN,
        })];
    }

    // Models are records of records and lists, and are created by their properties. Only those of this library are looked into.
    private static IEnumerable<ImputeMap> Maps(object? part, int depth)
    {
        if (part is ImputeMap map) return [map];
        if (part is null or string || depth > Deepest) return [];
        var type = part.GetType();
        if (part is IEnumerable list)
        {
            return type.IsGenericType && IsLookedInto(type.GetGenericArguments()[0])
                ? list.Cast<object?>().SelectMany(one => Maps(one, depth + 1)) : [];
        }

        if (!IsLookedInto(type)) return [];
        var parameters = type.GetConstructors().SelectMany(made => made.GetParameters()).Select(one => one.Name).ToHashSet();
        return type.GetProperties()
            .Where(property => parameters.Contains(property.Name) && property.GetIndexParameters().Length == 0)
            .Where(property => IsLookedInto(property.PropertyType) || typeof(IEnumerable).IsAssignableFrom(property.PropertyType))
            .SelectMany(property => Maps(property.GetValue(part), depth + 1));
    }

    private static bool IsLookedInto(Type type) => !type.IsValueType && type.Namespace?.StartsWith(nameof(FunctionalStack)) == true;
}
