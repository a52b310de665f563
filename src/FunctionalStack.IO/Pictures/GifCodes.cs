namespace FunctionalStack.IO;

/// <summary>Counts the pixels of a GIF image. A decoder leaves those that are missing black, without an error.</summary>
internal static class GifCodes
{
    private const int MostBits = 12;

    /// <summary>The number of pixels of the LZW codes that begin with their width at <paramref name="at"/>: as many as there are before the
    /// end code or the end of the data, at most <paramref name="wanted"/>.</summary>
    public static long Pixels(byte[] file, int at, long wanted)
    {
        var first = file[at++];
        if (first is 0 or >= MostBits) return 0;
        var (clear, lengths) = (1 << first, new int[1 << MostBits]);
        var (next, bits, before, pixels) = (clear + 2, first + 1, -1, 0L);
        var (held, count, left) = (0, 0, 0);
        Array.Fill(lengths, 1, 0, clear);
        while (pixels < wanted)
        {
            while (count < bits)
            {
                if (left == 0)
                {
                    if (at >= file.Length || file[at] == 0) return pixels;
                    left = file[at++];
                }

                if (at >= file.Length) return pixels;
                held |= file[at++] << count;
                (count, left) = (count + 8, left - 1);
            }

            var code = held & ((1 << bits) - 1);
            (held, count) = (held >> bits, count - bits);
            if (code == clear)
            {
                (next, bits, before) = (clear + 2, first + 1, -1);
                continue;
            }

            if (code == clear + 1 || code > next || (code == next && before < 0)) return pixels;
            if (before >= 0 && next < lengths.Length)
            {
                // The entry before with one more pixel. It may be the one that is read.
                lengths[next++] = lengths[before] + 1;
                if (next == 1 << bits && bits < MostBits) bits++;
            }

            if (code >= next) return pixels;
            pixels += lengths[code];
            before = code;
        }

        return wanted;
    }
}
