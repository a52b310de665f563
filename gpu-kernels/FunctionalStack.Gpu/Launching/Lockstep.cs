namespace FunctionalStack.Gpu.Launching;

/// <summary>A GPU: many threads in lockstep, with cheap shared memory and barriers.</summary>
internal sealed class Lockstep : IThreading
{
    private const int Group = 128;

    public bool IsLockstep => true;

    public int GroupSize => Launcher.LargestGroup;

    public int PixelsAnItem => 1;

    public bool KeepsSixteen => true;

    public void Each<T>(Launcher launcher, T body, int items) where T : struct, IEach => launcher.ThreadPerItem(body, items, Group);
}
