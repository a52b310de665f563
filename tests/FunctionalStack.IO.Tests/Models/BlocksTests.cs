using FsCheck.Xunit;
using Xunit;

namespace FunctionalStack.IO.Tests.Models;

public class BlocksTests
{
    [Property(MaxTest = 30)]
    public void What_is_written_in_any_pieces_is_read_in_any_pieces(Seed seed, byte kind)
    {
        var random = seed.Stream();
        var plain = new byte[kind % 3 == 0 ? random.Next(100) : random.Next(5 * Blocks.Length / 2)];
        // Some shrink and some don't.
        for (var i = 0; i < plain.Length; i++) plain[i] = (byte)(random.NextUInt64() % (kind % 2 == 0 ? 7u : 256u));
        var file = Written(plain, ref random);
        Assert.Equal(file.Length, Blocks.EndOf(new MemoryStream(file), 0, plain.Length));
        Assert.InRange(plain.Length, 0, (long)Blocks.MostFold * file.Length);
        Assert.InRange(file.Length, 0, plain.Length + sizeof(int) * (plain.Length / Blocks.Length + 1));

        var (reader, back) = (new Blocks.Reader(new MemoryStream(file), plain.Length), new byte[plain.Length]);
        for (var at = 0; at < back.Length;)
        {
            var piece = Math.Min(back.Length - at, 1 + random.Next(400_000));
            reader.ReadExactly(back.AsSpan(at, piece));
            at += piece;
        }

        Assert.True(plain.AsSpan().SequenceEqual(back));
    }

    [Fact]
    public void Numbers_that_repeat_take_less_room()
    {
        var random = Seed.Of(1).Stream();
        var plain = new byte[1_000_000];
        for (var i = 0; i < plain.Length; i += 8) BitConverter.TryWriteBytes(plain.AsSpan(i), (double)random.Next(50));
        Assert.InRange(Written(plain, ref random).Length, 0, plain.Length / 4);
    }

    [Fact]
    public void A_block_that_shrinks_beyond_belief_is_kept_as_it_is()
    {
        var random = Seed.Of(1).Stream();
        Assert.Equal(sizeof(int) + 100_000, Written(new byte[100_000], ref random).Length);
    }

    [Theory]
    [InlineData(new byte[] { 0, 0, 0, 0 }, "does not have its 8 bytes")]
    [InlineData(new byte[] { 3, 0, 0, 0, 1, 2, 3 }, "does not have its 8 bytes")]
    [InlineData(new byte[] { 9, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 }, "a block of 8 bytes takes 9")]
    [InlineData(new byte[] { 255, 255, 255, 255, 1, 2, 3, 4, 5, 6, 7, 8, 9 }, "takes 4294967295")]
    public void A_forged_block_is_refused(byte[] file, string why) =>
        Assert.Contains(why, Assert.Throws<Refusal>(() => new Blocks.Reader(new MemoryStream(file), 8).ReadExactly(new byte[8])).What);

    private static byte[] Written(byte[] plain, ref RandomStream random)
    {
        using var stream = new MemoryStream();
        var writer = new Blocks.Writer(stream);
        for (var at = 0; at < plain.Length;)
        {
            var piece = Math.Min(plain.Length - at, 1 + random.Next(400_000));
            writer.Write(plain.AsSpan(at, piece));
            at += piece;
        }

        writer.Flush();
        return stream.ToArray();
    }
}
