using Microsoft.ML;
using Microsoft.ML.Data;

namespace FunctionalStack.MLNet;

/// <summary>A column of a <see cref="ColumnsView"/>, whose values are computed when they are first read.</summary>
/// <param name="Name">The name.</param>
/// <param name="Type">The type.</param>
/// <param name="Annotations">The annotations; null for none.</param>
/// <param name="Getter">The getter of the value at a position.</param>
internal sealed record ViewColumn(
    string Name, DataViewType Type, DataViewSchema.Annotations? Annotations, Func<Func<long>, Delegate> Getter)
{
    /// <summary>A column of single values.</summary>
    public static ViewColumn Of<T>(string name, DataViewType type, Func<T[]> values, DataViewSchema.Annotations? annotations = null) =>
        new(name, type, annotations, position =>
        {
            var all = values();
            return (ValueGetter<T>)((ref T value) => value = all[position()]);
        });

    /// <summary>Numbers in double precision; NaN where missing.</summary>
    public static ViewColumn Doubles(string name, Func<double[]> values) => Of(name, NumberDataViewType.Double, values);

    /// <summary>Numbers in single precision.</summary>
    public static ViewColumn Singles(string name, Func<float[]> values) => Of(name, NumberDataViewType.Single, values);

    /// <summary>True and false.</summary>
    public static ViewColumn Booleans(string name, Func<bool[]> values) => Of(name, BooleanDataViewType.Instance, values);

    /// <summary>Categories: codes from 1 in the order of the levels, and 0 where missing.</summary>
    public static ViewColumn Keys(string name, EquatableArray<string> levels, Func<uint[]> codes) =>
        Of(name, new KeyDataViewType(typeof(uint), Math.Max(1, levels.Count)), codes, Levels("KeyValues", levels));

    /// <summary>Vectors of one size.</summary>
    /// <param name="name">The name.</param>
    /// <param name="slots">The names of the elements.</param>
    /// <param name="cells">The elements: rows x slots, row-major.</param>
    public static ViewColumn Vectors(string name, EquatableArray<string> slots, Func<float[]> cells) => new(
        name, new VectorDataViewType(NumberDataViewType.Single, slots.Count), Levels("SlotNames", slots), position =>
        {
            var all = cells();
            return (ValueGetter<VBuffer<float>>)((ref VBuffer<float> value) =>
            {
                var editor = VBufferEditor.Create(ref value, slots.Count);
                all.AsSpan((int)position() * slots.Count, slots.Count).CopyTo(editor.Values);
                value = editor.Commit();
            });
        });

    private static DataViewSchema.Annotations Levels(string kind, EquatableArray<string> levels)
    {
        var texts = levels.Select(level => level.AsMemory()).ToArray();
        var builder = new DataViewSchema.Annotations.Builder();
        builder.Add(kind, new VectorDataViewType(TextDataViewType.Instance, Math.Max(1, texts.Length)),
            (ref VBuffer<ReadOnlyMemory<char>> value) => value = new(texts.Length, texts));
        return builder.ToAnnotations();
    }
}
