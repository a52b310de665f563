namespace FunctionalStack;

/// <summary>The digests of rows, computed when they are first asked for. All instances are equal, since the content of the rows decides
/// whether two are equal.</summary>
internal sealed class RowsDigest
{
    private string? columns;
    private string? roles;

    /// <summary>The digest of the columns of the rows that this belongs to.</summary>
    public string Columns(LeafRows rows) => columns ??= Of(digest => digest.Add(rows.Frame));

    /// <summary>The digest of their roles.</summary>
    public string Roles(LeafRows rows) => roles ??= Of(digest => digest.Add(rows.Roles));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is RowsDigest;

    /// <inheritdoc/>
    public override int GetHashCode() => 0;

    private static string Of(Action<ContentDigest> add)
    {
        using var digest = new ContentDigest();
        add(digest);
        return digest.Hex();
    }
}
