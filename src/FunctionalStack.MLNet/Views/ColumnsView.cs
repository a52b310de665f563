using Microsoft.ML;
using Microsoft.ML.Data;

namespace FunctionalStack.MLNet;

/// <summary>The rows of a view, if given, with further columns beside its own. Rows have one order.</summary>
internal sealed class ColumnsView : IDataView
{
    private readonly IDataView? source;
    private readonly ViewColumn[] columns;
    private readonly long? rowCount;

    /// <summary>A view of these columns, which all have <paramref name="rowCount"/> rows.</summary>
    public ColumnsView(long rowCount, params ViewColumn[] columns) : this(null, rowCount, columns)
    {
    }

    /// <summary>The view <paramref name="source"/> with further columns, which hide those of the same name.</summary>
    public ColumnsView(IDataView source, params ViewColumn[] columns) : this(source, source.GetRowCount(), columns)
    {
    }

    private ColumnsView(IDataView? source, long? rowCount, ViewColumn[] columns)
    {
        (this.source, this.rowCount, this.columns) = (source, rowCount, columns);
        Schema = SchemaOf(source?.Schema, columns);
    }

    /// <summary>The schema of a view with further columns.</summary>
    public static DataViewSchema SchemaOf(DataViewSchema? source, params ViewColumn[] columns)
    {
        var schema = new DataViewSchema.Builder();
        if (source is not null) schema.AddColumns(source);
        foreach (var column in columns) schema.AddColumn(column.Name, column.Type, column.Annotations);
        return schema.ToSchema();
    }

    /// <inheritdoc/>
    public DataViewSchema Schema { get; }

    /// <inheritdoc/>
    public bool CanShuffle => false;

    /// <inheritdoc/>
    public long? GetRowCount() => rowCount;

    /// <inheritdoc/>
    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) =>
        new Cursor(this, columnsNeeded);

    /// <inheritdoc/>
    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];

    private sealed class Cursor : DataViewRowCursor
    {
        private readonly ColumnsView view;
        private readonly HashSet<int> active;
        private readonly DataViewRowCursor? rows;
        private readonly int before;
        private long position = -1;

        public Cursor(ColumnsView view, IEnumerable<DataViewSchema.Column> needed)
        {
            this.view = view;
            active = [.. needed.Select(column => column.Index)];
            before = view.source?.Schema.Count ?? 0;
            rows = view.source?.GetRowCursor(active.Where(index => index < before).Select(index => view.source.Schema[index]));
        }

        public override DataViewSchema Schema => view.Schema;

        public override long Position => position;

        public override long Batch => 0;

        public override bool IsColumnActive(DataViewSchema.Column column) => active.Contains(column.Index);

        public override ValueGetter<DataViewRowId> GetIdGetter() =>
            rows?.GetIdGetter() ?? ((ref DataViewRowId id) => id = new((ulong)position, 0));

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => column.Index < before
            ? rows!.GetGetter<TValue>(view.source!.Schema[column.Index])
            : (ValueGetter<TValue>)view.columns[column.Index - before].Getter(() => position);

        public override bool MoveNext()
        {
            if (rows is not null ? !rows.MoveNext() : position + 1 >= view.rowCount) return false;
            position++;
            return true;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing) rows?.Dispose();
            base.Dispose(disposing);
        }
    }
}
