using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace FunctionalStack.Cluster.Wire;

/// <summary>Writes and reads lists of numbers and of names. A length that the rest of a message cannot hold is refused before memory is
/// taken.</summary>
internal static class Arrays
{
    public static void Write(this BinaryWriter writer, EquatableArray<string> names)
    {
        writer.Write(names.Count);
        foreach (var name in names) writer.Write(name);
    }

    public static void Write<T>(this BinaryWriter writer, ReadOnlySpan<T> elements) where T : unmanaged =>
        writer.Write(MemoryMarshal.AsBytes(elements));

    /// <exception cref="ArgumentException">The message has fewer.</exception>
    public static EquatableArray<string> ReadNames(this BinaryReader reader)
    {
        var names = new string[reader.Length(reader.ReadInt32(), 1)];
        for (var i = 0; i < names.Length; i++) names[i] = reader.ReadString();
        return EquatableArray.Own(names);
    }

    /// <exception cref="ArgumentException">The message has fewer.</exception>
    public static EquatableArray<T> ReadElements<T>(this BinaryReader reader, int count) where T : unmanaged
    {
        var elements = new T[reader.Length(count, Unsafe.SizeOf<T>())];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(elements.AsSpan()));
        return EquatableArray.Own(elements);
    }

    private static int Length(this BinaryReader reader, int count, int size) =>
        count >= 0 && (long)count * size <= reader.BaseStream.Length - reader.BaseStream.Position ? count
            : throw new ArgumentException($"{count} elements are more than the message has");
}
