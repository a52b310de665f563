namespace FunctionalStack;

/// <summary>
/// One column of a <see cref="Frame"/>: numbers or categories. Immutable; taking rows shares the stored values and
/// keeps only row indices.
/// </summary>
public abstract record Column
{
    private protected abstract void Seal();

    public abstract int Count { get; }

    /// <summary>Whether the value of row <paramref name="row"/> is missing.</summary>
    public abstract bool IsMissing(int row);

    internal abstract RowView? View { get; }

    internal abstract Column Seen(RowView? view);

    public Column Take(EquatableArray<int> rows) => Seen(RowView.Compose(View, rows));

    /// <summary>Numbers; NaN stands for a missing value.</summary>
    public sealed record Numeric : Column
    {
        private readonly EquatableArray<double> stored;

        public Numeric(EquatableArray<double> values) => stored = values;

        private Numeric(EquatableArray<double> stored, RowView? view) => (this.stored, View) = (stored, view);

        public static Numeric Of(params double[] values) => new(EquatableArray.Of(values));

        public override int Count => View?.Rows.Count ?? stored.Count;

        public double this[int row] => View is null ? stored[row] : stored[View.Rows[row]];

        public override bool IsMissing(int row) => double.IsNaN(this[row]);

        /// <summary>Writes the column into <paramref name="destination"/>, every <paramref name="stride"/>-th place.</summary>
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

        public double[] ToArray()
        {
            var values = new double[Count];
            CopyTo(values);
            return values;
        }

        internal override RowView? View { get; }

        internal override Column Seen(RowView? view) => new Numeric(stored, view);

        public bool Equals(Numeric? other) => other is not null && ToArray().AsSpan().SequenceEqual(other.ToArray());

        public override int GetHashCode() => EquatableArray.Own(ToArray()).GetHashCode();

        private protected override void Seal() { }
    }

    /// <summary>Categories: a code per row into <see cref="Levels"/>; -1 stands for a missing value.</summary>
    public sealed record Categorical : Column
    {
        private readonly EquatableArray<int> stored;

        /// <exception cref="ArgumentException">A code is below -1 or not below the number of levels, or a level repeats.</exception>
        public Categorical(EquatableArray<string> levels, EquatableArray<int> codes)
        {
            if (levels.Distinct().Count() != levels.Count) throw new ArgumentException("a level is named twice", nameof(levels));
            foreach (var code in codes.AsSpan())
            {
                if (code < -1 || code >= levels.Count) throw new ArgumentException($"code {code} lies outside the {levels.Count} levels", nameof(codes));
            }

            (Levels, stored) = (levels, codes);
        }

        private Categorical(EquatableArray<string> levels, EquatableArray<int> stored, RowView? view) => (Levels, this.stored, View) = (levels, stored, view);

        /// <summary>Levels in ordinal order of the words found; null or empty is missing.</summary>
        public static Categorical Of(params string?[] words)
        {
            var levels = words.Where(word => !string.IsNullOrEmpty(word)).Select(word => word!).Distinct().Order(StringComparer.Ordinal).ToArray();
            var codeOf = levels.Select((level, code) => (level, code)).ToDictionary(pair => pair.level, pair => pair.code);
            return new(EquatableArray.Own(levels), EquatableArray.From(words.Select(word => string.IsNullOrEmpty(word) ? -1 : codeOf[word])));
        }

        /// <summary>For codes known to lie within distinct levels: nothing is checked, so the cost does not grow with the levels.</summary>
        internal static Categorical Known(EquatableArray<string> levels, EquatableArray<int> codes) => new(levels, codes, null);

        /// <summary>The same column with an equal list of levels, so that later comparisons find one list and not two.</summary>
        internal Categorical WithEqual(EquatableArray<string> levels) => levels.IsSame(Levels) ? this : new(levels, stored, View);

        public EquatableArray<string> Levels { get; }

        public override int Count => View?.Rows.Count ?? stored.Count;

        public int this[int row] => View is null ? stored[row] : stored[View.Rows[row]];

        /// <summary>The word of row <paramref name="row"/>, or null where it is missing.</summary>
        public string? LevelOf(int row) => this[row] is var code and >= 0 ? Levels[code] : null;

        public override bool IsMissing(int row) => this[row] < 0;

        public int[] ToArray()
        {
            var codes = new int[Count];
            for (var i = 0; i < codes.Length; i++) codes[i] = this[i];
            return codes;
        }

        internal override RowView? View { get; }

        internal override Column Seen(RowView? view) => new Categorical(Levels, stored, view);

        public bool Equals(Categorical? other) =>
            other is not null && Levels == other.Levels && ToArray().AsSpan().SequenceEqual(other.ToArray());

        public override int GetHashCode() => HashCode.Combine(Levels, EquatableArray.Own(ToArray()));

        private protected override void Seal() { }
    }
}

/// <summary>The rows of the stored values that a column shows; shared by all columns taken together.</summary>
internal sealed class RowView(EquatableArray<int> rows)
{
    public EquatableArray<int> Rows => rows;

    public static RowView Compose(RowView? view, EquatableArray<int> rows) => new(view is null ? rows : view.Rows.At(rows));
}
