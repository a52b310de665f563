using System.Buffers;

namespace FunctionalStack.Learners;

/// <summary>
/// Buffers that a grower borrows for one tree and the next tree reuses. New buffers for every tree of a forest
/// would cost more in page faults than a small tree costs in work. Their initial contents are arbitrary.
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
