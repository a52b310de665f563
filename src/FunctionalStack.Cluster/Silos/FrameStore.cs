using FunctionalStack.Cluster.Wire;

namespace FunctionalStack.Cluster.Silos;

/// <summary>The frames that a silo holds, by digest, up to a number of bytes. The least recently used goes first.</summary>
/// <param name="most">The largest number of bytes of all frames.</param>
internal sealed class FrameStore(long most)
{
    private readonly object gate = new();
    private readonly LinkedList<(string Digest, Frame Frame, long Bytes)> frames = [];
    private readonly Dictionary<string, byte[]> arriving = [];

    public long Bytes
    {
        get
        {
            lock (gate) return frames.Sum(held => held.Bytes);
        }
    }

    /// <summary>The frame; null if it is not held.</summary>
    public Frame? Find(string digest)
    {
        lock (gate)
        {
            for (var held = frames.First; held is not null; held = held.Next)
            {
                if (held.Value.Digest != digest) continue;
                frames.Remove(held);
                frames.AddFirst(held);
                return held.Value.Frame;
            }

            return null;
        }
    }

    /// <summary>Takes a part of a frame. False if it is out of its bounds, or too large, or if the whole has another digest.</summary>
    public bool Put(string digest, long length, long at, byte[] part)
    {
        if (length <= 0 || length > most || length > Array.MaxLength || at < 0 || at + part.Length > length) return false;
        byte[] whole;
        lock (gate)
        {
            if (at == 0) arriving[digest] = new byte[length];
            if (!arriving.TryGetValue(digest, out whole!) || whole.Length != length) return false;
            part.CopyTo(whole, at);
            if (at + part.Length < length) return true;
            arriving.Remove(digest);
        }

        if (FrameBytes.Read(whole, digest) is not Outcome<Frame>.Ok { Value: var frame }) return false;
        lock (gate)
        {
            frames.AddFirst((digest, frame, length));
            while (frames.Count > 1 && frames.Sum(held => held.Bytes) > most) frames.RemoveLast();
        }

        return true;
    }
}
