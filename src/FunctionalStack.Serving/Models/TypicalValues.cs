using System.Collections;
using System.Collections.Immutable;
using FunctionalStack.IO;
using FunctionalStack.Preprocessing;

namespace FunctionalStack.Serving;

/// <summary>The typical value of each column: the median, or the most frequent level, that the model imputes for missing values.</summary>
internal static class TypicalValues
{
    // Deeper than any stack. Nothing in a model refers back.
    private const int Deepest = 64;

    private const int Digits = 9;
    private const double Rounding = 1e-12;

    /// <summary>One cell per column of the schema; missing for a column that the model does not impute.</summary>
    public static double[] Of(IModel model, Schema schema)
    {
        var found = new Dictionary<string, double>(StringComparer.Ordinal);
        var categories = new Dictionary<string, ImputeMap.Category>(StringComparer.Ordinal);
        foreach (var (map, before) in Maps(model, [], 0))
        {
            foreach (var number in map.Numbers)
            {
                if (Original(number, before) is { } value) found.TryAdd(number.Column, value);
            }

            foreach (var category in map.Categories) categories.TryAdd(category.Column, category);
        }

        return [.. schema.Columns.Select(column => column switch
        {
            ColumnSchema.Categorical known => categories.TryGetValue(known.Name, out var fill) && fill.Level.Count > 0
                ? known.Levels.AsSpan().IndexOf(fill.Level[0]) : -1,
            ColumnSchema.Texts => -1,
            _ => found.TryGetValue(column.Name, out var number) ? number : double.NaN,
        })];
    }

    // An imputed value is in the unit that the column has by then: the steps before it are undone. Null if one cannot be, as a logarithm
    // of counts.
    private static double? Original(ImputeMap.Number number, ImmutableStack<IMap> before)
    {
        var value = number.Value;
        foreach (var step in before)
        {
            switch (step)
            {
                case ScalingMap scaling:
                    if (scaling.Columns.FirstOrDefault(one => one.Column == number.Column) is { } scale)
                        value = value * scale.Divisor + scale.Center;
                    break;
                case Log1pMap logarithm:
                    if (logarithm.Columns.Contains(number.Column)) return null;
                    break;
                case WhitenMap: return null;
            }
        }

        // Twice scaled and back, a whole number has lost its last digits.
        return Math.Round(value, Digits) is var rounded && Math.Abs(rounded - value) <= Math.Abs(value) * Rounding ? rounded : value;
    }

    // Models are records of records and lists, and are created by their properties. Only those of this library are looked into.
    private static IEnumerable<(ImputeMap Map, ImmutableStack<IMap> Before)> Maps(object? part, ImmutableStack<IMap> before, int depth)
    {
        if (part is ImputeMap map) return [(map, before)];
        if (part is null or string || depth > Deepest) return [];
        if (part is ChainMap chain)
            return Maps(chain.First, before, depth + 1).Concat(Maps(chain.Second, Steps(chain.First, before), depth + 1));
        if (part is PipelineModel pipeline)
            return Maps(pipeline.Map, before, depth + 1).Concat(Maps(pipeline.Model, Steps(pipeline.Map, before), depth + 1));
        var type = part.GetType();
        if (part is IEnumerable list)
        {
            return type.IsGenericType && IsLookedInto(type.GetGenericArguments()[0])
                ? list.Cast<object?>().SelectMany(one => Maps(one, before, depth + 1)) : [];
        }

        if (!IsLookedInto(type)) return [];
        var parameters = type.GetConstructors().SelectMany(made => made.GetParameters()).Select(one => one.Name).ToHashSet();
        return type.GetProperties()
            .Where(property => parameters.Contains(property.Name) && property.GetIndexParameters().Length == 0)
            .Where(property => IsLookedInto(property.PropertyType) || typeof(IEnumerable).IsAssignableFrom(property.PropertyType))
            .SelectMany(property => Maps(property.GetValue(part), before, depth + 1));
    }

    private static ImmutableStack<IMap> Steps(IMap map, ImmutableStack<IMap> before) =>
        map is ChainMap chain ? Steps(chain.Second, Steps(chain.First, before)) : before.Push(map);

    private static bool IsLookedInto(Type type) => !type.IsValueType && type.Namespace?.StartsWith(nameof(FunctionalStack)) == true;
}
