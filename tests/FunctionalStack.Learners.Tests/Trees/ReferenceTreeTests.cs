using System.Numerics;
using FsCheck.Xunit;
using FunctionalStack.Learners;
using Xunit;

namespace FunctionalStack.Learners.Tests.Trees;

/// <summary>
/// The definition of a tree, tried split by split in integers and so free of rounding: the fast ways to find a node's
/// best split (bins, chains of equal ranks, two sums for two classes) must grow just this tree.
/// </summary>
[Properties(Arbitrary = [typeof(TreeCases)], MaxTest = 150)]
public class ReferenceTreeTests
{
    [Property]
    public bool Classes_by_Gini(ClassesCase given, bool few) => Same(given.Data, few);

    [Property]
    public bool Values_by_squared_error(ValuesCase given, bool few) => Same(given.Data, few);

    /// <summary>Enough rows and equal values for bins to be used.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Many_rows(bool few)
    {
        var stream = Seed.Of(9).Stream();
        double[][] columns =
            [.. new[] { 2, 3, 7, 40,
                600 }.Select(distinct => Enumerable.Range(0, 600).Select(_ => (double)stream.Next(distinct)).ToArray())];
        foreach (var levels in new[] { 2, 3, 9 })
        {
            int[] codes =
                [.. Enumerable.Range(0, 600).Select(row => columns[2][row] * 3 + columns[1][row] > 10 ? levels - 1 : stream.Next(levels))];
            Assert.True(Same(new(TreeCases.FrameOf(columns), TreeCases.ClassesOf(codes, levels)), few));
            Assert.True(Same(new(TreeCases.FrameOf(columns), new Target.Numeric(EquatableArray.From(codes.Select(code => code * 3.0)))),
                few));
        }
    }

    private static bool Same(Dataset data, bool few)
    {
        var spec = few ? new DecisionTree(MaxDepth: 3, MinSamplesSplit: 5, MinSamplesLeaf: 3) : new DecisionTree();
        var tree = ((DecisionTreeModel)spec.FitModel(data, Seed.Of(0)).OrThrow()).Tree;
        var nodes = new List<(int Feature, double Threshold)>();
        Grow(spec, data, [.. Enumerable.Range(0, data.RowCount)], 0, nodes);
        return tree.Feature.SequenceEqual(nodes.Select(node => node.Feature))
            && tree.Threshold.SequenceEqual(nodes.Select(node => node.Threshold));
    }

    private static void Grow(DecisionTree spec, Dataset data, int[] rows, int depth, List<(int, double)> nodes)
    {
        var at = nodes.Count;
        nodes.Add((-1, 0));
        if (depth >= (spec.MaxDepth ?? int.MaxValue) || rows.Length < spec.MinSamplesSplit
            || rows.Select(row => TargetOf(data, row)).Distinct().Count() == 1)
            return;
        var best = (Over: BigInteger.Zero, Under: BigInteger.Zero, Feature: -1, Threshold: 0.0);
        for (var column = 0; column < data.Frame.Columns.Count; column++)
        {
            var values = data.Frame.Column(column);
            var distinct = rows.Select(row => values[row]).Distinct().Order().ToArray();
            for (var i = 1; i < distinct.Length; i++)
            {
                var left = rows.Where(row => values[row] < distinct[i]).ToArray();
                var right = rows.Except(left).ToArray();
                if (Math.Min(left.Length, right.Length) < spec.MinSamplesLeaf) continue;

                // Sum of squared sums (of targets or class counts) over counts, on both sides: greater is purer.
                var over = Squares(data, left) * right.Length + Squares(data, right) * left.Length;
                var under = (BigInteger)left.Length * right.Length;
                if (best.Feature < 0 || over * best.Under > best.Over * under)
                    best = (over, under, column, (distinct[i - 1] + distinct[i]) / 2);
            }
        }

        if (best.Feature < 0) return;
        nodes[at] = (best.Feature, best.Threshold);
        var threshold = data.Frame.Column(best.Feature);
        Grow(spec, data, [.. rows.Where(row => threshold[row] <= best.Threshold)], depth + 1, nodes);
        Grow(spec, data, [.. rows.Where(row => threshold[row] > best.Threshold)], depth + 1, nodes);
    }

    private static BigInteger Squares(Dataset data, int[] rows) => data.Target is Target.Classes
        ? rows.GroupBy(row => TargetOf(data, row)).Aggregate(BigInteger.Zero, (sum, group) => sum + BigInteger.Pow(group.Count(), 2))
        : BigInteger.Pow(rows.Sum(row => TargetOf(data, row)), 2);

    private static int TargetOf(Dataset data, int row) =>
        data.Target is Target.Classes classes ? classes.Codes[row] : (int)((Target.Numeric)data.Target).Values[row];
}
