namespace FunctionalStack;

/// <summary>What a model expects of one column: its name, and numbers or categories.</summary>
/// <param name="Name">The column's name.</param>
public abstract record ColumnSchema(string Name)
{
    private protected abstract void Seal();

    /// <summary>How its text is read.</summary>
    public TextFormat Text { get; init; } = TextFormat.Usual;

    /// <summary>The column of a table or of records that it is made of: its own name, unless it is a part of a date.</summary>
    public string Source => Text.Date?.Column ?? Name;

    /// <summary>The schema of a column.</summary>
    public static ColumnSchema Of(NamedColumn column) => column.Column is Column.Categorical categorical
        ? new Categorical(column.Name, categorical.Levels) { Text = column.Text }
        : new Numeric(column.Name) { Text = column.Text };

    /// <summary>A later column as training had it; see <see cref="Schema.Conform"/>.</summary>
    internal abstract Outcome<Column> Conform(Column found);

    private protected Outcome<Column> Refuse(string what, string remedy) => Outcome.Fail<Column>($"column '{Name}'", what, remedy);

    private protected Note Predicted(string what) => new($"column '{Name}'", what);

    /// <summary>Numbers were trained.</summary>
    public sealed record Numeric(string Name) : ColumnSchema(Name)
    {
        internal override Outcome<Column> Conform(Column found) => found is Column.Categorical words
            ? Numbers(words, word => Word.Truth(word) is { } truth ? truth ? 1 : 0 : null) ?? Numbers(words, Number) ?? Refuse(words)
            : Outcome.Ok(found);

        /// <summary>The column made of the column of dates that it is a part of.</summary>
        internal Outcome<Column> OfDates(Column found)
        {
            if (Text.Date is not { } date || found is not Column.Categorical words)
            {
                return Enumerable.Range(0, found.Count).All(found.IsMissing) ? Conform(found) : Refuse("holds numbers where training had dates", "Give dates.");
            }

            return Numbers(words, word => DateText.TryRead(word, date.Order, out var read) ? DateColumns.Part(read.Seconds, date.Part)
                : MissingText.InNumbers(word, Text.Missing) ? double.NaN : null) is Outcome<Column>.Ok ok ? Outcome.Ok(ok.Value) : Refuse(words);
        }

        // A number too large to be one is none here.
        private double? Number(string word) => Text.Number(word) is { } number && !double.IsInfinity(number) ? number : null;

        /// <summary>The numbers of all words; null where one is none.</summary>
        private Outcome<Column>? Numbers(Column.Categorical words, Func<string, double?> read)
        {
            var ofLevel = new double?[words.Levels.Count];
            var numbers = new double[words.Count];
            string? changed = null;
            for (var row = 0; row < numbers.Length; row++)
            {
                numbers[row] = double.NaN;
                if (words[row] is not (var code and >= 0)) continue;
                if ((ofLevel[code] ??= read(words.Levels[code])) is not { } number) return null;
                numbers[row] = number;
                if (double.IsNaN(number)) continue;
                if (changed is null && Word.Of(number) != words.Levels[code]) changed = $"'{words.Levels[code]}' as {Word.Of(number)}";
            }

            return new Outcome<Column>.Ok(
                new Column.Numeric(EquatableArray.Own(numbers)),
                changed is null ? default : [Predicted($"words are read as numbers, which training had (e.g. {changed})")]);
        }

        private Outcome<Column> Refuse(Column.Categorical words)
        {
            var what = Text.Date is { } date ? $"dates ({date.Order.Text()})" : Text == TextFormat.Usual ? "numbers" : $"numbers ({Text})";
            var row = Enumerable.Range(0, words.Count).First(row => words.LevelOf(row) is { } word
                && (Text.Date is { } date ? !DateText.TryRead(word, date.Order, out _) && !MissingText.InNumbers(word, Text.Missing) : Number(word) is null));
            return Refuse(
                $"holds words where training had {what} ('{words.LevelOf(row)}' in row {row + 1})",
                $"Give {(Text.Date is null ? "numbers" : "dates")}, or leave the value missing.");
        }

        private protected override void Seal() { }
    }

    /// <summary>Categories were trained.</summary>
    public sealed record Categorical : ColumnSchema
    {
        private readonly Lazy<LevelIndex> index;

        /// <param name="name">The column's name.</param>
        /// <param name="levels">The levels that training had, in their order there.</param>
        /// <exception cref="ArgumentException">A level is named twice.</exception>
        public Categorical(string name, EquatableArray<string> levels) : base(name)
        {
            if (levels.Distinct().Count() != levels.Count)
            {
                throw new ArgumentException($"column '{name}' has a level twice", nameof(levels));
            }

            (Levels, index) = (levels, new(() => new(levels)));
        }

        public EquatableArray<string> Levels { get; }

        public bool Equals(Categorical? other) => other is not null && Name == other.Name && Text == other.Text && Levels == other.Levels;

        public override int GetHashCode() => HashCode.Combine(Name, Levels);

        internal override Outcome<Column> Conform(Column found) =>
            found is Column.Categorical words ? Words(words) : Numbers((Column.Numeric)found);

        private Outcome<Column> Words(Column.Categorical words)
        {
            if (words.Levels == Levels) return Outcome.Ok<Column>(words.WithEqual(Levels));
            const int notAsked = -2;
            var codeOf = new int[words.Levels.Count];
            Array.Fill(codeOf, notAsked);
            var recoding = new Recoding(Levels, words.Count);
            for (var row = 0; row < words.Count; row++)
            {
                if (words[row] is not (var code and >= 0)) continue;
                if (codeOf[code] == notAsked) codeOf[code] = index.Value.Of(words.Levels[code]);
                recoding.Put(row, words.Levels[code], codeOf[code]);
            }

            return recoding.Column(Predicted);
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

            return recoding.Column(Predicted);
        }

        private Outcome<Column> Refuse(double number, int row) => Refuse(
            $"holds numbers where training had the categories {Listed.Some([.. Levels.Select(level => $"'{level}'")])} "
                + $"({Word.Of(number)} in row {row + 1})",
            "Give the words that training had, or leave the value missing.");

        private protected override void Seal() { }
    }
}
