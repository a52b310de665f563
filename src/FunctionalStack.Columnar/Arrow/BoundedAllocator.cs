using System.Buffers;
using Apache.Arrow;
using Apache.Arrow.Memory;

namespace FunctionalStack.Columnar;

/// <summary>
/// Allocates buffers up to a length that a file can fill, so that a damaged length does not take memory. Buffers are managed arrays: those
/// of a file that is refused are collected like any others.
/// </summary>
/// <param name="fileLength">The length of the file in bytes.</param>
internal sealed class BoundedAllocator(long fileLength) : MemoryAllocator
{
    // A compressed buffer may be longer than its file: LZ4 and Zstandard shrink usual tables less than this, and a small one may be empty.
    private const long Ratio = 1000;

    private const long Least = 1 << 20;

    private long Most => Math.Max(Least, Ratio * fileLength);

    /// <summary>Whether an array can have its number of rows: each takes at least a bit, or the file is long enough for rows without any.</summary>
    public bool Holds(IArrowArray array) => array.Length <= (array is NullArray ? Most : 8 * array.Data.Buffers.Sum(one => (long)one.Length));

    /// <inheritdoc/>
    protected override IMemoryOwner<byte> AllocateInternal(int length, out int bytesAllocated)
    {
        if (length > Most)
            throw new InvalidDataException($"a buffer of {length} bytes in a file of {fileLength}");
        bytesAllocated = length;
        return new Owner(new byte[length]);
    }

    private sealed class Owner(byte[] bytes) : IMemoryOwner<byte>
    {
        public Memory<byte> Memory { get; } = bytes;

        public void Dispose()
        {
        }
    }
}
