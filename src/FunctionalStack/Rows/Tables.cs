using FunctionalStack.IO;

namespace FunctionalStack;

/// <summary>Converts tables to datasets.</summary>
public static class Tables
{
    /// <summary>A dataset with all columns except <paramref name="target"/> as features. For other roles of columns use
    /// <see cref="DatasetReader"/> and <see cref="TableRoles"/>.</summary>
    public static Outcome<Dataset> ToDataset(this Table table, string target) =>
        DatasetReader.Read(table, new TableRoles(target)).Map(read => read.Dataset);
}
