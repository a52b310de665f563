namespace FunctionalStack.IO;

/// <summary>The two kinds of <see cref="Column"/>.</summary>
public enum ColumnKind
{
    /// <summary>Numbers (<see cref="Column.Numeric"/>).</summary>
    Numeric,

    /// <summary>Categories (<see cref="Column.Categorical"/>).</summary>
    Categorical,
}
