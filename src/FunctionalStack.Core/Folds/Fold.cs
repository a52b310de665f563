namespace FunctionalStack;

/// <summary>Rows to fit on and rows held out, both ascending.</summary>
public sealed record Fold(EquatableArray<int> Train, EquatableArray<int> Holdout)
{
    /// <summary>The fold of each value of <paramref name="assignment"/>: held out where it equals the value, ascending values.</summary>
    internal static EquatableArray<Fold> FromAssignment(EquatableArray<int> assignment) =>
        EquatableArray.From(assignment.CountBy(number => number).OrderBy(size => size.Key).Select(size => Of(assignment.AsSpan(), size.Key, size.Value)));

    // Every base of a stack splits, several times over: filling arrays of known size takes a fifth of the time of filtering.
    private static Fold Of(ReadOnlySpan<int> assignment, int number, int size)
    {
        var (train, holdout) = (new int[assignment.Length - size], new int[size]);
        for (int row = 0, t = 0, h = 0; row < assignment.Length; row++)
        {
            if (assignment[row] == number) holdout[h++] = row;
            else train[t++] = row;
        }

        return new(EquatableArray.Own(train), EquatableArray.Own(holdout));
    }
}
