using FunctionalStack.IO;

namespace FunctionalStack;

/// <summary>Tables read from files, as datasets.</summary>
public static class Tables
{
    /// <summary>All columns but <paramref name="target"/> as features; say more by <see cref="DatasetReader"/> and <see cref="TableRoles"/>.</summary>
    public static Outcome<Dataset> ToDataset(this Table table, string target) =>
        DatasetReader.Read(table, new TableRoles(target)).Map(read => read.Dataset);
}
