namespace FunctionalStack.Gpu.Launching;

/// <summary>An OpenCL driver for the processor: it runs a group's items sequentially in one loop that its compiler vectorizes. Barriers
/// split the loop.</summary>
internal sealed class Loops : IThreading
{
    private const int Longest = 64, Least = 16;

    public bool IsLockstep => false;

    public int GroupSize => 1;

    public int PixelsAnItem => 16;

    public bool KeepsSixteen => true;

    public void Each<T>(Launcher launcher, T body, int items) where T : struct, IEach => launcher.ThreadPerItem(body, items, SizeOf(items));

    // Small launches are also distributed over a processor's cores. Sizes are powers of two, since a driver compiles for each size.
    private static int SizeOf(int items)
    {
        var size = Longest;
        while (size > 1 && items < size * Least) size /= 2;
        return size;
    }
}
