using System.Buffers;

namespace FunctionalStack.Learners;

/// <summary>
/// Buffers that one grower borrows for one tree and the next tree gets again: made anew for every tree of a forest they
/// would cost more page faults than a small tree costs work. What is in them on arrival is anything.
/// </summary>
internal sealed class Pooled : IDisposable
{
    private readonly List<Action> returns = [];

    /// <summary>An array of at least <paramref name="length"/>.</summary>
    public T[] Rent<T>(int length)
    {
        var array = ArrayPool<T>.Shared.Rent(length);
        returns.Add(() => ArrayPool<T>.Shared.Return(array));
        return array;
    }

    public void Dispose()
    {
        foreach (var give in returns) give();
        returns.Clear();
    }
}
