namespace FunctionalStack;

/// <summary>What is to be predicted: classes or numbers. Learners branch on it; nothing else in the library has two versions.</summary>
public abstract record Target
{
    private protected abstract void Seal();

    public abstract int Count { get; }

    public abstract Target Take(EquatableArray<int> rows);

    /// <summary>A class per row, as a code into <see cref="Levels"/>. All levels stay known when rows are taken.</summary>
    public sealed record Classes : Target
    {
        /// <exception cref="ArgumentException">A code lies outside the levels, or a level repeats.</exception>
        public Classes(EquatableArray<string> levels, EquatableArray<int> codes)
        {
            if (levels.Distinct().Count() != levels.Count) throw new ArgumentException("a level is named twice", nameof(levels));
            foreach (var code in codes.AsSpan())
            {
                if ((uint)code >= (uint)levels.Count) throw new ArgumentException($"code {code} lies outside the {levels.Count} levels", nameof(codes));
            }

            (Levels, Codes) = (levels, codes);
        }

        /// <summary>Levels in ordinal order of the words found.</summary>
        public static Classes Of(params string[] words)
        {
            var levels = words.Distinct().Order(StringComparer.Ordinal).ToArray();
            var codeOf = levels.Select((level, code) => (level, code)).ToDictionary(pair => pair.level, pair => pair.code);
            return new(EquatableArray.Own(levels), EquatableArray.From(words.Select(word => codeOf[word])));
        }

        public EquatableArray<string> Levels { get; }

        public EquatableArray<int> Codes { get; }

        public override int Count => Codes.Count;

        public override Target Take(EquatableArray<int> rows) => new Classes(Levels, Codes.At(rows));

        /// <summary>The summed weight (or count) of each level.</summary>
        public double[] Mass(EquatableArray<double>? weights = null)
        {
            var mass = new double[Levels.Count];
            for (var i = 0; i < Codes.Count; i++) mass[Codes[i]] += weights is { } w ? w[i] : 1;
            return mass;
        }

        /// <summary>The codes of the levels that have a row, ascending.</summary>
        public EquatableArray<int> Present()
        {
            var has = new bool[Levels.Count];
            foreach (var code in Codes.AsSpan()) has[code] = true;
            return EquatableArray.From(Enumerable.Range(0, has.Length).Where(code => has[code]));
        }

        private protected override void Seal() { }
    }

    /// <summary>A finite number per row.</summary>
    public sealed record Numeric(EquatableArray<double> Values) : Target
    {
        public override int Count => Values.Count;

        public override Target Take(EquatableArray<int> rows) => new Numeric(Values.At(rows));

        private protected override void Seal() { }
    }
}
