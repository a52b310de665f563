namespace FunctionalStack.IO;

/// <summary>The two kinds of <see cref="Column"/>.</summary>
public enum ColumnKind
{
    Numeric,
    Categorical,
}
