namespace FunctionalStack.IO;

/// <summary>
/// A payload: a table of the record types used (tag, field names and shapes), then one record. Equal records give equal bytes, and
/// reading restores every bit.
/// </summary>
internal static class RecordCodec
{
    /// <summary>Maximum nesting of records, so that a crafted file cannot exhaust the call stack.</summary>
    public const int MaxDepth = 256;

    /// <summary>The payload's length and the function that writes it.</summary>
    /// <exception cref="Refusal">The record has content that a payload cannot represent.</exception>
    public static (long Length, Action<Action<ReadOnlySpan<byte>>> Write) Encode(object record, ModelRegistry registry)
    {
        var shape = new Shape.Record(record.GetType(), registry);
        var counted = new PayloadWriter(null);
        try
        {
            shape.Write(counted, record);
        }
        catch (NotSupportedException exception)
        {
            throw new Refusal(exception.Message, "Give the type a tag in a catalogue (Catalogue.With), and save and load with that.");
        }

        var layouts = counted.Layouts;
        WriteTable(counted);
        return (counted.Written, put =>
        {
            var writer = new PayloadWriter(put);
            foreach (var layout in layouts) writer.NumberOf(layout);
            WriteTable(writer);
            shape.Write(writer, record);
        }
        );

        void WriteTable(PayloadWriter to)
        {
            to.Write(layouts.Count);
            foreach (var layout in layouts) FiledLayout.WriteTo(to, layout);
        }
    }

    /// <summary>The tag of a payload's record: the first in its type table, since it is the first one used.</summary>
    /// <exception cref="Refusal">The bytes are not a payload.</exception>
    public static string TagOf(Action<Span<byte>> fill, long length)
    {
        var reader = new PayloadReader(fill, length, length);
        return reader.ReadCount(2 * sizeof(int)) > 0 ? reader.ReadString() : throw Refusal.Damaged("the type table is empty");
    }

    /// <exception cref="Refusal">The bytes are not a payload that this version can read.</exception>
    public static T Decode<T>(Action<Span<byte>> fill, long length, long memory, ModelRegistry registry) where T : notnull
    {
        var reader = new PayloadReader(fill, length, memory);
        var layouts = new FiledLayout[reader.ReadCount(2 * sizeof(int))];
        for (var i = 0; i < layouts.Length; i++) layouts[i] = FiledLayout.ReadFrom(reader, registry);
        if (layouts.Select(layout => layout.Layout).Distinct().Count() != layouts.Length)
            throw Refusal.Damaged("the type table has a type twice");
        reader.Layouts = layouts;
        var record = (T)new Shape.Record(typeof(T), registry).Read(reader)!;
        return reader.Remaining == 0 ? record : throw Refusal.Damaged($"{reader.Remaining} bytes follow the model");
    }
}
