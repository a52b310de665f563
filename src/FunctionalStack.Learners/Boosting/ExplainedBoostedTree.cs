namespace FunctionalStack.Learners;

/// <summary>A boosted tree, and the codes of the row that is explained.</summary>
internal readonly struct ExplainedBoostedTree(BoostedTree tree, byte[] codes, EquatableArray<BoostedColumn> columns) : IExplainedTree
{
    public int ColumnOf(int node) => tree.Feature[node];

    public int RightOf(int node) => tree.Right[node];

    public double CoverOf(int node) => tree.Cover[node];

    public bool GoesLeft(int node) => tree.Feature[node] is var split && tree.GoesLeft(node, codes[split], columns[split].IsCategorical);

    public void AddLeaf(Span<double> values, int column, double share, int node) => values[column] += share * tree.Value[node];
}
