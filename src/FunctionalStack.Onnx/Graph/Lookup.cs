namespace FunctionalStack.Onnx;

/// <summary>Operations on text. A text is compared by its UTF-8 bytes; the empty one is a missing value.</summary>
internal static class Lookup
{
    /// <summary>An index outside any table: the operation that reads it stops the run.</summary>
    public const long Outside = 1L << 62;

    /// <summary>The index of each text in <paramref name="known"/>. [N, 1] becomes [N].</summary>
    public static Edge PlaceIn(this Edge words, EquatableArray<string> known, long missing, long unseen) => words
        .Encode([.. known.Select((level, place) => (level, (long)place)).Where(pair => pair.level.Length > 0), ("", missing)], unseen)
        .Reshape(-1);

    /// <summary>Whether each text is missing. Keeps the shape.</summary>
    public static Edge IsEmpty(this Edge words) => words.Encode([("", 1L)], 0).Cast(ElementType.Bool);

    /// <summary>Numbers by text. Keeps the shape.</summary>
    public static Edge Encode(this Edge words, IReadOnlyList<(string Key, long Value)> pairs, long otherwise) =>
        new Operation("LabelEncoder", [words],
            NodeAttribute.Of("keys_strings", pairs.Select(pair => pair.Key)),
            NodeAttribute.Of("values_int64s", pairs.Select(pair => pair.Value)),
            NodeAttribute.Of("default_int64", otherwise))
        { Domain = Operation.MachineLearning }[0];
}
