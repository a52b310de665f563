namespace FunctionalStack.IO;

/// <summary>The first four bytes of an IDX file, and the meaning of other first bytes.</summary>
/// <param name="Kind">The content of the file.</param>
/// <param name="Dimensions">The number of dimensions.</param>
internal sealed record IdxMagic(string Kind, byte Dimensions)
{
    private const byte UnsignedByte = 0x08;

    public static IdxMagic Images { get; } = new("images", 3);

    public static IdxMagic Labels { get; } = new("labels", 1);

    public byte[] Bytes => [0, 0, UnsignedByte, Dimensions];

    /// <exception cref="Refusal">The bytes are those of another kind of file.</exception>
    public void Check(ReadOnlySpan<byte> found)
    {
        if (found.SequenceEqual(Bytes)) return;
        throw found switch
        {
            { Length: < 4 } => Is($"a file of {found.Length} bytes", "Download or copy it again."),
            [0, 0, UnsignedByte, 3] =>
                Is($"IDX images (magic {Hex(found)})", $"Give the file of the {Kind}, such as train-labels-idx1-ubyte."),
            [0, 0, UnsignedByte, 1] =>
                Is($"IDX labels (magic {Hex(found)})", $"Give the file of the {Kind}, such as train-images-idx3-ubyte."),
            [0, 0, var type, var dimensions] when Type(type) is { } numbers =>
                Is($"IDX data of another kind (magic {Hex(found)}): {numbers} in {dimensions} dimensions",
                    $"Give {Kind} of unsigned bytes in {Dimensions} dimension{(Dimensions == 1 ? "" : "s")}."),
            [0x1F, 0x8B, ..] => Is("compressed twice", "Decompress it once."),
            [(byte)'P', (byte)'K', ..] => Is("a ZIP archive", "Unpack it, and give the file inside."),
            [0x89, (byte)'P', ..] or [0xFF, 0xD8, ..] => Is("a picture", "Give a folder with one subfolder of images per class."),
            _ when IsMarkup(found) => Is("a web page", "Download it again: the server sent a web page instead of the file."),
            _ => Is($"something else (it begins with {Hex(found)})", "Give a file in IDX format, such as MNIST's."),
        };

        Refusal Is(string what, string remedy) => new($"it should be IDX {Kind} (magic {Hex(Bytes)}), but is {what}", remedy);
    }

    private static bool IsMarkup(ReadOnlySpan<byte> found) => found.TrimStart("\uFEFF \r\n\t"u8) is [(byte)'<', ..];

    private static string? Type(byte type) => type switch
    {
        UnsignedByte => "unsigned bytes",
        0x09 => "signed bytes",
        0x0B => "16-bit integers",
        0x0C => "32-bit integers",
        0x0D => "32-bit floats",
        0x0E => "64-bit floats",
        _ => null,
    };

    private static string Hex(ReadOnlySpan<byte> bytes) => $"0x{Convert.ToHexString(bytes)}";
}
