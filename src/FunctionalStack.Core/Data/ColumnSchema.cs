namespace FunctionalStack;

/// <summary>What a model expects of one column: its name, and numbers or categories.</summary>
/// <param name="Name">The column's name.</param>
public abstract record ColumnSchema(string Name)
{
    private protected abstract void Seal();

    /// <summary>The schema of a column.</summary>
    public static ColumnSchema Of(NamedColumn column) => column.Column is Column.Categorical categorical
        ? new Categorical(column.Name, categorical.Levels)
        : new Numeric(column.Name);

    /// <summary>A later column as training had it; see <see cref="Schema.Conform"/>.</summary>
    internal abstract Outcome<Column> Conform(Column found);

    private protected Outcome<Column> Refuse(string what, string remedy) => Outcome.Fail<Column>($"column '{Name}'", what, remedy);

    private protected Note Told(string what) => new($"column '{Name}'", what);

    /// <summary>Numbers were trained.</summary>
    public sealed record Numeric(string Name) : ColumnSchema(Name)
    {
        internal override Outcome<Column> Conform(Column found) => found is Column.Categorical words
            ? Numbers(words, word => Word.Truth(word) is { } truth ? truth ? 1 : 0 : null) ?? Numbers(words, Word.Number) ?? Refuse(words)
            : Outcome.Ok(found);

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
                if (changed is null && Word.Of(number) != words.Levels[code]) changed = $"'{words.Levels[code]}' as {Word.Of(number)}";
            }

            return new Outcome<Column>.Ok(
                new Column.Numeric(Values.Own(numbers)),
                changed is null ? default : [Told($"words are read as numbers, which training had (e.g. {changed})")]);
        }

        private Outcome<Column> Refuse(Column.Categorical words)
        {
            var row = Enumerable.Range(0, words.Count).First(row => words.LevelOf(row) is { } word && Word.Number(word) is null);
            return Refuse(
                $"holds words where training had numbers ('{words.LevelOf(row)}' in row {row + 1})",
                "Give numbers, or leave the value missing.");
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
        public Categorical(string name, Values<string> levels) : base(name)
        {
            if (levels.Distinct().Count() != levels.Count)
            {
                throw new ArgumentException($"column '{name}' has a level twice", nameof(levels));
            }

            (Levels, index) = (levels, new(() => new(levels)));
        }

        public Values<string> Levels { get; }

        public bool Equals(Categorical? other) => other is not null && Name == other.Name && Levels == other.Levels;

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

            return recoding.Column(Told);
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

            return recoding.Column(Told);
        }

        private Outcome<Column> Refuse(double number, int row) => Refuse(
            $"holds numbers where training had the categories {Listed.Some([.. Levels.Select(level => $"'{level}'")])} "
                + $"({Word.Of(number)} in row {row + 1})",
            "Give the words that training had, or leave the value missing.");

        private protected override void Seal() { }
    }
}
