using System.Text;

namespace FunctionalStack.Onnx.Tests;

/// <summary>A protobuf message, read without the writer's code: the values of each field, in order.</summary>
public sealed class ProtoReader
{
    private readonly Dictionary<int, List<(ulong Number, byte[] Bytes)>> fields = [];

    public ProtoReader(byte[] bytes)
    {
        var at = 0;
        while (at < bytes.Length)
        {
            var key = Varint(bytes, ref at);
            var (number, content) = (0UL, Array.Empty<byte>());
            switch (key & 7)
            {
                case 0: number = Varint(bytes, ref at); break;
                case 2:
                    var length = (int)Varint(bytes, ref at);
                    content = bytes.AsSpan(at, length).ToArray();
                    at += length;
                    break;
                case 5:
                    content = bytes.AsSpan(at, 4).ToArray();
                    at += 4;
                    break;
                default: throw new InvalidDataException($"wire type {key & 7} at {at}");
            }

            if (!fields.TryGetValue((int)(key >> 3), out var values)) fields[(int)(key >> 3)] = values = [];
            values.Add((number, content));
        }
    }

    public IReadOnlyList<ProtoReader> Messages(int field) => [.. All(field).Select(value => new ProtoReader(value.Bytes))];

    public IReadOnlyList<string> Texts(int field) => [.. All(field).Select(value => Encoding.UTF8.GetString(value.Bytes))];

    public IReadOnlyList<long> Numbers(int field) => [.. All(field).Select(value => (long)value.Number)];

    public string Text(int field) => Texts(field).FirstOrDefault() ?? "";

    private List<(ulong Number, byte[] Bytes)> All(int field) => fields.GetValueOrDefault(field) ?? [];

    private static ulong Varint(byte[] bytes, ref int at)
    {
        var (number, shift) = (0UL, 0);
        for (; (bytes[at] & 0x80) != 0; shift += 7) number |= (ulong)(bytes[at++] & 0x7F) << shift;
        return number | (ulong)bytes[at++] << shift;
    }
}
