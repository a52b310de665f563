using System.Text;
using Apache.Arrow;

namespace FunctionalStack.Columnar;

/// <summary>
/// Reads strings of Arrow. Apache.Arrow (23.0) decodes them without comparing their positions with the length of the buffer: those of a
/// damaged file lead outside of it.
/// </summary>
internal static class ArrowText
{
    public static Func<int, string?> Of(StringArray strings) => row => strings.IsNull(row) ? null
        : Decoded(strings.ValueBuffer, strings.ValueOffsets[row], strings.ValueOffsets[row + 1]);

    public static Func<int, string?> Of(LargeStringArray strings) => row => strings.IsNull(row) ? null
        : Decoded(strings.ValueBuffer, strings.ValueOffsets[row], strings.ValueOffsets[row + 1]);

    public static Func<int, string?> Of(StringViewArray strings) => row =>
    {
        if (strings.IsNull(row)) return null;
        var view = strings.Views[row];
        return view.IsInline && view.Length >= 0 ? Encoding.UTF8.GetString(view.Bytes)
            : Decoded(strings.DataBuffer(view.BufferIndex), view.BufferOffset, (long)view.BufferOffset + view.Length);
    };

    private static string Decoded(ArrowBuffer buffer, long from, long to) => 0 <= from && from <= to && to <= buffer.Length
        ? Encoding.UTF8.GetString(buffer.Span[(int)from..(int)to])
        : throw new InvalidDataException($"a string is at the bytes {from} to {to} of {buffer.Length}");
}
