namespace FunctionalStack;

/// <summary>Rows to fit on and rows held out, both ascending.</summary>
public sealed record Fold(Values<int> Train, Values<int> Holdout)
{
    /// <summary>The fold of each value of <paramref name="assignment"/>: held out where it equals the value, ascending values.</summary>
    internal static Values<Fold> FromAssignment(IReadOnlyList<int> assignment) =>
        Values.From(assignment.Distinct().Order().Select(number => new Fold(
            Values.From(Enumerable.Range(0, assignment.Count).Where(row => assignment[row] != number)),
            Values.From(Enumerable.Range(0, assignment.Count).Where(row => assignment[row] == number)))));
}
