namespace FunctionalStack.Gpu.Launching;

/// <summary>
/// A kernel without barriers: a function of an item, run for all items in any order and in parallel. Its fields are its
/// arguments. A GPU runs one thread per item. ILGPU's CPU accelerator runs a range of items per processor, since each group
/// costs it a barrier.
/// </summary>
internal interface IEach
{
    void Do(int item);
}

/// <summary>
/// A kernel whose threads cooperate through shared memory. It must be correct at any group size that is a power of two, from 1
/// to <see cref="Launcher.LargestGroup"/>, so that the CPU accelerator can use groups of one.
/// </summary>
internal interface IGroup
{
    /// <param name="group">The index of the group.</param>
    void Do(int group);
}
