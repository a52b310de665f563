using System.Runtime.CompilerServices;

namespace FunctionalStack.Neural.Host;

internal sealed unsafe partial class HostCompute<V, L>
{
    public void Drop(int batch, Slice x, Shape shape, float rate, ulong key, Slice y)
    {
        var length = batch * shape.Size;
        pool.Run(Chunks.Of(length), new DropWork(length, 1 - rate, key, DropMask.Threshold(rate), At(x), At(y)));
    }

    private readonly struct DropWork(int length, float kept, ulong key, uint threshold, float* x, float* y) : IWork
    {
        public void Do(int item, int worker)
        {
            var (end, seed, least, share) = (Chunks.End(item, length), key, threshold, kept);
            float* from = x, to = y;
            for (var i = item * Chunks.Size; i < end; i++)
            {
                // Branch-free: a mispredicted branch costs more than the hash.
                var bits = -(int)Unsafe.BitCast<bool, byte>(DropMask.Keeps(seed, i, least));
                to[i] = BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(from[i] / share) & bits);
            }
        }
    }
}
