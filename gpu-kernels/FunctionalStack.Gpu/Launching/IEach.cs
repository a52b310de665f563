namespace FunctionalStack.Gpu.Launching;

/// <summary>
/// A kernel without barriers: what is done for each of a number of items, in any order and at once. Its fields are what it
/// reads and writes. A device of many threads gives each item one; ILGPU's CPU accelerator gives each processor a run of
/// them, since a group costs it a barrier.
/// </summary>
internal interface IEach
{
    void Do(int item);
}

/// <summary>
/// A kernel whose groups work together through shared memory. Correct at any group size that is a power of two, from 1 to
/// <see cref="Launcher.LargestGroup"/>, so that the CPU accelerator can take groups of one.
/// </summary>
internal interface IGroup
{
    /// <param name="group">Which.</param>
    void Do(int group);
}
