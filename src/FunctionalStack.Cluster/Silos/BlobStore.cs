using FunctionalStack.Cluster.Wire;

namespace FunctionalStack.Cluster.Silos;

/// <summary>The columns and rows that a silo holds, by digest, up to a number of bytes. The least recently used go first.</summary>
/// <param name="most">The largest number of bytes, those that are arriving included.</param>
internal sealed class BlobStore(long most)
{
    private readonly object gate = new();
    private readonly LinkedList<Held> held = [];
    private readonly LinkedList<(string Digest, byte[] Bytes)> arriving = [];

    public long Bytes
    {
        get
        {
            lock (gate) return held.Sum(one => one.Bytes) + arriving.Sum(one => (long)one.Bytes.Length);
        }
    }

    /// <summary>The columns or rows; null if they are not held.</summary>
    public T? Find<T>(string digest) where T : class
    {
        lock (gate)
        {
            for (var node = held.First; node is not null; node = node.Next)
            {
                if (node.Value.Digest != digest) continue;
                held.Remove(node);
                held.AddFirst(node);
                return node.Value.Content as T;
            }

            return null;
        }
    }

    /// <summary>Takes a part of a blob. False if it is out of its bounds, or too large, or if the whole has another digest.</summary>
    public bool Put(string digest, long length, long at, byte[] part)
    {
        if (length <= 0 || length > most || length > Array.MaxLength || at < 0 || at + part.Length > length) return false;
        byte[] whole;
        lock (gate)
        {
            if (at == 0)
            {
                Forget(digest);
                arriving.AddLast((digest, new byte[length]));
            }

            if (arriving.FirstOrDefault(one => one.Digest == digest) is not { Bytes: { } found } || found.Length != length) return false;
            part.CopyTo(whole = found, at);
            if (at + part.Length < length)
            {
                // Whoever sent the first of these may have died meanwhile.
                while (arriving.Count > 1 && arriving.Sum(one => (long)one.Bytes.Length) > most) arriving.RemoveFirst();
                return true;
            }

            Forget(digest);
        }

        // A small message may hold much.
        if (Blob.DigestOf(whole) != digest || Blob.LengthOf(whole) is not { } bytes || bytes > most || Content(whole) is not { } content)
            return false;
        lock (gate)
        {
            if (held.Any(one => one.Digest == digest)) return true;
            held.AddFirst(new Held(digest, content, bytes));
            while (held.Count > 1 && held.Sum(one => one.Bytes) > most) held.RemoveLast();
        }

        return true;
    }

    private static object? Content(byte[] whole) => whole[0] == FrameBytes.Kind
        ? FrameBytes.Read(whole).Match<object?>(frame => frame, _ => null)
        : RowsBytes.Read(whole).Match<object?>(rows => rows, _ => null);

    private void Forget(string digest)
    {
        for (var node = arriving.First; node is not null; node = node.Next)
        {
            if (node.Value.Digest != digest) continue;
            arriving.Remove(node);
            return;
        }
    }

    private sealed record Held(string Digest, object Content, long Bytes);
}
