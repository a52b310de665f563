namespace FunctionalStack;

/// <summary>
/// One column of a <see cref="Frame"/>: numeric or categorical. Immutable. Taking rows shares the stored values and
/// stores only row indices.
/// </summary>
public abstract record Column
{
    private protected abstract void Seal();

    /// <summary>The number of rows.</summary>
    public abstract int Count { get; }

    /// <summary>Whether the value of row <paramref name="row"/> is missing.</summary>
    public abstract bool IsMissing(int row);

    internal abstract RowView? View { get; }

    internal abstract Column Seen(RowView? view);

    /// <summary>The column with the rows at <paramref name="rows"/>, in that order. Repeats are allowed.</summary>
    public Column Take(EquatableArray<int> rows) => Seen(RowView.Compose(View, rows));

    /// <summary>A numeric column. NaN is a missing value.</summary>
    public sealed record Numeric : Column
    {
        private readonly EquatableArray<double> stored;

        /// <summary>A column of these values.</summary>
        public Numeric(EquatableArray<double> values) => stored = values;

        private Numeric(EquatableArray<double> stored, RowView? view) => (this.stored, View) = (stored, view);

        /// <summary>A column of these values.</summary>
        public static Numeric Of(params double[] values) => new(EquatableArray.Of(values));

        /// <inheritdoc/>
        public override int Count => View?.Rows.Count ?? stored.Count;

        /// <summary>The value of row <paramref name="row"/>; NaN if missing.</summary>
        public double this[int row] => View is null ? stored[row] : stored[View.Rows[row]];

        /// <inheritdoc/>
        public override bool IsMissing(int row) => double.IsNaN(this[row]);

        /// <summary>Copies the values into every <paramref name="stride"/>-th element of <paramref name="destination"/>.</summary>
        public void CopyTo(Span<double> destination, int stride = 1)
        {
            var source = stored.AsSpan();
            if (View is null)
            {
                for (int i = 0, at = 0; i < source.Length; i++, at += stride) destination[at] = source[i];
                return;
            }

            var rows = View.Rows.AsSpan();
            for (int i = 0, at = 0; i < rows.Length; i++, at += stride) destination[at] = source[rows[i]];
        }

        /// <summary>A copy of the values, in row order.</summary>
        public double[] ToArray()
        {
            var values = new double[Count];
            CopyTo(values);
            return values;
        }

        internal override RowView? View { get; }

        internal override Column Seen(RowView? view) => new Numeric(stored, view);

        /// <inheritdoc/>
        public bool Equals(Numeric? other) => other is not null && ToArray().AsSpan().SequenceEqual(other.ToArray());

        /// <inheritdoc/>
        public override int GetHashCode() => EquatableArray.Own(ToArray()).GetHashCode();

        private protected override void Seal() { }
    }

    /// <summary>A categorical column: one code per row, an index into <see cref="Levels"/>. -1 is a missing value.</summary>
    public sealed record Categorical : Column
    {
        private readonly EquatableArray<int> stored;

        /// <summary>A column of these codes.</summary>
        /// <exception cref="ArgumentException">A code is below -1 or not below the number of levels, or a level repeats.</exception>
        public Categorical(EquatableArray<string> levels, EquatableArray<int> codes)
        {
            if (levels.Distinct().Count() != levels.Count) throw new ArgumentException("a level is repeated", nameof(levels));
            foreach (var code in codes.AsSpan())
            {
                if (code < -1 || code >= levels.Count)
                    throw new ArgumentException($"code {code} is out of range for {levels.Count} levels", nameof(codes));
            }

            (Levels, stored) = (levels, codes);
        }

        private Categorical(EquatableArray<string> levels, EquatableArray<int> stored, RowView? view) =>
            (Levels, this.stored, View) = (levels, stored, view);

        /// <summary>A column of these strings, with its levels in ordinal order. A null or empty string is missing.</summary>
        public static Categorical Of(params string?[] values)
        {
            var levels = values.Where(value => !string.IsNullOrEmpty(value)).Select(value => value!).Distinct()
                .Order(StringComparer.Ordinal).ToArray();
            var codeOf = levels.Select((level, code) => (level, code)).ToDictionary(pair => pair.level, pair => pair.code);
            return new(EquatableArray.Own(levels),
                EquatableArray.From(values.Select(value => string.IsNullOrEmpty(value) ? -1 : codeOf[value])));
        }

        /// <summary>For codes known to be valid and levels known to be distinct. Checks nothing, so the cost does not grow with the
        /// levels.</summary>
        internal static Categorical Known(EquatableArray<string> levels, EquatableArray<int> codes) => new(levels, codes, null);

        /// <summary>The same column with an equal list of levels, so that later comparisons find the same instance.</summary>
        internal Categorical WithEqual(EquatableArray<string> levels) => levels.IsSame(Levels) ? this : new(levels, stored, View);

        /// <summary>The categories. Codes index this list.</summary>
        public EquatableArray<string> Levels { get; }

        /// <inheritdoc/>
        public override int Count => View?.Rows.Count ?? stored.Count;

        /// <summary>The code of row <paramref name="row"/>; -1 if missing.</summary>
        public int this[int row] => View is null ? stored[row] : stored[View.Rows[row]];

        /// <summary>The level of row <paramref name="row"/>, or null if missing.</summary>
        public string? LevelOf(int row) => this[row] is var code and >= 0 ? Levels[code] : null;

        /// <inheritdoc/>
        public override bool IsMissing(int row) => this[row] < 0;

        /// <summary>A copy of the codes, in row order.</summary>
        public int[] ToArray()
        {
            var codes = new int[Count];
            for (var i = 0; i < codes.Length; i++) codes[i] = this[i];
            return codes;
        }

        internal override RowView? View { get; }

        internal override Column Seen(RowView? view) => new Categorical(Levels, stored, view);

        /// <inheritdoc/>
        public bool Equals(Categorical? other) =>
            other is not null && Levels == other.Levels && ToArray().AsSpan().SequenceEqual(other.ToArray());

        /// <inheritdoc/>
        public override int GetHashCode() => HashCode.Combine(Levels, EquatableArray.Own(ToArray()));

        private protected override void Seal() { }
    }
}

/// <summary>The rows of the stored values that a column contains. Shared by all columns taken together.</summary>
internal sealed class RowView(EquatableArray<int> rows)
{
    public EquatableArray<int> Rows => rows;

    public static RowView Compose(RowView? view, EquatableArray<int> rows) => new(view is null ? rows : view.Rows.At(rows));
}
