namespace FunctionalStack.Learners;

/// <summary>A binary tree in preorder (a node's left child is the next node), and the row that is explained.</summary>
internal interface IExplainedTree
{
    /// <summary>The column that a node splits on; negative for a leaf.</summary>
    int ColumnOf(int node);

    /// <summary>The right child of a split.</summary>
    int RightOf(int node);

    /// <summary>The weight of the rows that reach a node.</summary>
    double CoverOf(int node);

    /// <summary>Whether the row goes left of a split.</summary>
    bool GoesLeft(int node);

    /// <summary>Adds a share of the leaf's outputs to the values of a column.</summary>
    void AddLeaf(Span<double> values, int column, double share, int node);
}
