namespace FunctionalStack;

/// <summary>What a model expects of one column: its name and kind.</summary>
/// <param name="Name">The column's name.</param>
public abstract record ColumnSchema(string Name)
{
    private protected abstract void Seal();

    /// <summary>How its text is parsed.</summary>
    public TextFormat Text { get; init; } = TextFormat.Usual;

    /// <summary>The source column in a table or record: its own name, or the date column that it is a part of.</summary>
    public string Source => Text.SourceOf(Name);

    /// <summary>The schema of a column.</summary>
    public static ColumnSchema Of(NamedColumn column) => column.Column switch
    {
        Column.Categorical categorical when FunctionalStack.Texts.Are(categorical) => new Texts(column.Name) { Text = column.Text },
        Column.Categorical categorical => new Categorical(column.Name, categorical.Levels) { Text = column.Text },
        _ => new Numeric(column.Name) { Text = column.Text },
    };

    /// <summary>A new column converted to the training schema; see <see cref="Schema.Conform"/>.</summary>
    internal abstract Outcome<Column> Conform(Column found);

    private protected Outcome<Column> Refuse(string what, string remedy) => Outcome.Fail<Column>(Where, what, remedy);

    private protected string Where => $"column '{Name}'";

    /// <summary>The schema of a numeric column.</summary>
    /// <param name="Name">The column's name.</param>
    public sealed record Numeric(string Name) : ColumnSchema(Name)
    {
        private const string Parsed = "text is parsed as numbers, as in the training data";

        internal override Outcome<Column> Conform(Column found) => found is Column.Categorical column
            ? Numbers(column, text => Word.Truth(text) is { } truth ? truth ? 1 : 0 : null) ?? Numbers(column, Number) ?? Refuse(column)
            : Outcome.Ok(found);

        /// <summary>The feature derived from a date column.</summary>
        internal Outcome<Column> OfDates(Column found)
        {
            if (Text.Date is not { } date || found is not Column.Categorical column)
            {
                return Enumerable.Range(0, found.Count).All(found.IsMissing)
                    ? Conform(found) : Refuse("holds numbers, but the training data had dates", "Give dates.");
            }

            return Numbers(column, text => DateText.TryRead(text, date.Order, out var read) ? DateColumns.Part(read.Seconds, date.Part)
                : MissingText.InNumbers(text, Text.Missing) ? double.NaN : null) is Outcome<Column>.Ok ok
                    ? Outcome.Ok(ok.Value) : Refuse(column);
        }

        // A number that overflows a double is not parsed as a number.
        private double? Number(string text) => Text.Number(text) is { } number && !double.IsInfinity(number) ? number : null;

        /// <summary>The column parsed as numbers; null if a level is not a number.</summary>
        private Outcome<Column>? Numbers(Column.Categorical column, Func<string, double?> read)
        {
            var ofLevel = new double?[column.Levels.Count];
            var numbers = new double[column.Count];
            string? changed = null;
            for (var row = 0; row < numbers.Length; row++)
            {
                numbers[row] = double.NaN;
                if (column[row] is not (var code and >= 0)) continue;
                if ((ofLevel[code] ??= read(column.Levels[code])) is not { } number) return null;
                numbers[row] = number;
                if (double.IsNaN(number)) continue;
                if (changed is null && Word.Of(number) != column.Levels[code]) changed = $"'{column.Levels[code]}' as {Word.Of(number)}";
            }

            return new Outcome<Column>.Ok(
                new Column.Numeric(EquatableArray.Own(numbers)),
                changed is null ? default
                    : [new RowCount(Parsed, $"{Parsed} (e.g. {changed})").Note(Where, numbers.Length)]);
        }

        private Outcome<Column> Refuse(Column.Categorical column)
        {
            var what = Text.Date is { } date ? $"dates ({date.Order.Text()})" : Text == TextFormat.Usual ? "numbers" : $"numbers ({Text})";
            var row = Enumerable.Range(0, column.Count).First(row => column.LevelOf(row) is { } text
                && (Text.Date is { } date
                    ? !DateText.TryRead(text, date.Order, out _) && !MissingText.InNumbers(text, Text.Missing) : Number(text) is null));
            return Refuse(
                $"holds text, but the training data had {what} ('{column.LevelOf(row)}' in row {row + 1})",
                $"Give {(Text.Date is null ? "numbers" : "dates")}, or leave the value missing.");
        }

        private protected override void Seal() { }
    }

    /// <summary>The schema of a column of texts (<see cref="FunctionalStack.Texts"/>), which may be any. It keeps none of them.</summary>
    /// <param name="Name">The column's name.</param>
    public sealed record Texts(string Name) : ColumnSchema(Name)
    {
        internal override Outcome<Column> Conform(Column found) => Outcome.Ok(found is Column.Numeric numbers
            ? Column.Categorical.Of([.. numbers.ToArray().Select(number => double.IsNaN(number) ? null : Word.Of(number))])
            : found);

        private protected override void Seal() { }
    }

    /// <summary>The schema of a categorical column.</summary>
    public sealed record Categorical : ColumnSchema
    {
        private readonly Lazy<LevelIndex> index;

        /// <summary>The schema of a categorical column.</summary>
        /// <param name="name">The column's name.</param>
        /// <param name="levels">The levels of the training data, in their order.</param>
        /// <exception cref="ArgumentException">A level is repeated.</exception>
        public Categorical(string name, EquatableArray<string> levels) : base(name)
        {
            if (levels.Distinct().Count() != levels.Count)
            {
                throw new ArgumentException($"column '{name}' has a repeated level", nameof(levels));
            }

            (Levels, index) = (levels, new(() => new(levels)));
        }

        /// <summary>The levels of the training data, in their order.</summary>
        public EquatableArray<string> Levels { get; }

        /// <inheritdoc/>
        public bool Equals(Categorical? other) => other is not null && Name == other.Name && Text == other.Text && Levels == other.Levels;

        /// <inheritdoc/>
        public override int GetHashCode() => HashCode.Combine(Name, Levels);

        /// <summary>The code of a text; -1 if it is not a training level.</summary>
        internal int CodeOf(string text) => index.Value.Of(text);

        /// <summary>The code of the level that equals a number, -1 if there is none; null if no number can be a level.</summary>
        internal int? CodeOf(double number) => index.Value.Takes(number) ? index.Value.Of(number) : null;

        internal override Outcome<Column> Conform(Column found) =>
            found is Column.Categorical column ? Categories(column) : Numbers((Column.Numeric)found);

        private Outcome<Column> Categories(Column.Categorical column)
        {
            if (column.Levels == Levels) return Outcome.Ok<Column>(column.WithEqual(Levels));
            const int notAsked = -2;
            var codeOf = new int[column.Levels.Count];
            Array.Fill(codeOf, notAsked);
            var recoding = new Recoding(Levels, column.Count);
            for (var row = 0; row < column.Count; row++)
            {
                if (column[row] is not (var code and >= 0)) continue;
                if (codeOf[code] == notAsked) codeOf[code] = index.Value.Of(column.Levels[code]);
                recoding.Put(row, column.Levels[code], codeOf[code]);
            }

            return recoding.Column(Where);
        }

        private Outcome<Column> Numbers(Column.Numeric numbers)
        {
            var recoding = new Recoding(Levels, numbers.Count);
            for (var row = 0; row < numbers.Count; row++)
            {
                if (numbers.IsMissing(row)) continue;
                if (!index.Value.Takes(numbers[row])) return Refuse(numbers[row], row);
                recoding.Put(row, Word.Of(numbers[row]), index.Value.Of(numbers[row]));
            }

            return recoding.Column(Where);
        }

        private Outcome<Column> Refuse(double number, int row) => Refuse(
            $"holds numbers, but the training data had the categories {Listed.Some([.. Levels.Select(level => $"'{level}'")])} "
                + $"({Word.Of(number)} in row {row + 1})",
            "Give the categories of the training data, or leave the value missing.");

        private protected override void Seal() { }
    }
}
