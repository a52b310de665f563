namespace FunctionalStack.Learners;

/// <summary>The outputs of a leaf of a <see cref="MomentCriterion{TSums, TMoments}"/>, and whether all rows of a node have the same
/// target.</summary>
internal abstract class Leaves
{
    public abstract bool Pure(ReadOnlySpan<int> rows, double weight, double sum);

    public abstract void Add(PooledList<double> outputs, ReadOnlySpan<int> rows, double weight, double sum);
}

internal sealed class TwoClassLeaves(ClassTarget target) : Leaves
{
    public override bool Pure(ReadOnlySpan<int> rows, double weight, double sum) => sum == 0 || sum == weight;

    public override void Add(PooledList<double> outputs, ReadOnlySpan<int> rows, double weight, double sum)
    {
        var added = outputs.AddZeros(target.Outputs);
        added[target.Present[0]] = (weight - sum) / weight;
        added[target.Present[1]] = sum / weight;
    }
}

internal sealed class ValueLeaves(ValueTarget target) : Leaves
{
    public override bool Pure(ReadOnlySpan<int> rows, double weight, double sum)
    {
        var numbers = target.Numbers;
        var first = numbers[rows[0]];
        foreach (var row in rows)
        {
            if (numbers[row] != first) return false;
        }

        return true;
    }

    public override void Add(PooledList<double> outputs, ReadOnlySpan<int> rows, double weight, double sum) =>
        outputs.Add(Pure(rows, weight, sum) ? target.Numbers[rows[0]] : target.Unscale(sum / weight));
}
