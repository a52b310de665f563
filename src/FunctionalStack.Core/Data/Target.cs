namespace FunctionalStack;

/// <summary>The target: classes (classification) or numbers (regression).</summary>
public abstract record Target
{
    private protected abstract void Seal();

    /// <summary>The number of rows.</summary>
    public abstract int Count { get; }

    /// <summary>The target of the rows at <paramref name="rows"/>, in that order.</summary>
    public abstract Target Take(EquatableArray<int> rows);

    /// <summary>One class per row, as an index into <see cref="Levels"/>. Taking rows keeps all levels.</summary>
    public sealed record Classes : Target
    {
        /// <summary>A target of these codes. <paramref name="isOrdered"/> states that the levels have an order, from low to
        /// high.</summary>
        /// <exception cref="ArgumentException">A code is out of range, or a level repeats.</exception>
        public Classes(EquatableArray<string> levels, EquatableArray<int> codes, bool isOrdered = false)
        {
            if (levels.Distinct().Count() != levels.Count) throw new ArgumentException("a level is repeated", nameof(levels));
            foreach (var code in codes.AsSpan())
            {
                if ((uint)code >= (uint)levels.Count)
                    throw new ArgumentException($"code {code} is out of range for {levels.Count} levels", nameof(codes));
            }

            (Levels, Codes, IsOrdered) = (levels, codes, isOrdered);
        }

        /// <summary>A target of these class names, with its levels in ordinal order.</summary>
        public static Classes Of(params string[] classes)
        {
            var levels = classes.Distinct().Order(StringComparer.Ordinal).ToArray();
            var codeOf = levels.Select((level, code) => (level, code)).ToDictionary(pair => pair.level, pair => pair.code);
            return new(EquatableArray.Own(levels), EquatableArray.From(classes.Select(name => codeOf[name])));
        }

        /// <summary>The classes, in order of their codes.</summary>
        public EquatableArray<string> Levels { get; }

        /// <summary>One code per row, an index into <see cref="Levels"/>.</summary>
        public EquatableArray<int> Codes { get; }

        /// <summary>Whether the order of <see cref="Levels"/> has a meaning, as of ratings. Metrics of order are then reported too
        /// (<see cref="Metric.For"/>). No fit depends on it.</summary>
        public bool IsOrdered { get; }

        /// <inheritdoc/>
        public override int Count => Codes.Count;

        /// <inheritdoc/>
        public override Target Take(EquatableArray<int> rows) => new Classes(Levels, Codes.At(rows), IsOrdered);

        /// <summary>The same classes as an ordered target, with their levels in this order, from low to high.</summary>
        /// <param name="order">Each of <see cref="Levels"/> once.</param>
        /// <returns>The target. A failure if a class is absent, repeated or unknown.</returns>
        public Outcome<Classes> InOrder(EquatableArray<string> order)
        {
            var known = Levels.ToHashSet(StringComparer.Ordinal);
            if (order.GroupBy(level => level).FirstOrDefault(alike => alike.Count() > 1) is { } twice)
                return Outcome.Fail<Classes>("", $"the order names '{twice.Key}' twice", "Name it once.");
            if (order.FirstOrDefault(level => !known.Contains(level)) is { } unknown)
            {
                return Outcome.Fail<Classes>("", $"the order names '{unknown}', which no row has",
                    NearestName.To(unknown, Levels.Except(order)) is { } near ? $"Did you mean '{near}'?"
                        : $"Name each of the classes once: {Listed.Some([.. Levels])}.");
            }

            if (Levels.Except(order).FirstOrDefault() is { } absent)
                return Outcome.Fail<Classes>("", $"the order does not name the class '{absent}'",
                    $"Name each of the classes once: {Listed.Some([.. Levels])}.");
            var place = order.Select((level, code) => (level, code)).ToDictionary(pair => pair.level, pair => pair.code,
                StringComparer.Ordinal);
            return Outcome.Ok(new Classes(order, EquatableArray.From(Codes.Select(code => place[Levels[code]])), isOrdered: true));
        }

        /// <summary>The summed weight of each level, or its row count without weights.</summary>
        public double[] Mass(EquatableArray<double>? weights = null)
        {
            var mass = new double[Levels.Count];
            for (var i = 0; i < Codes.Count; i++) mass[Codes[i]] += weights is { } w ? w[i] : 1;
            return mass;
        }

        /// <summary>The codes of the levels that have at least one row, ascending.</summary>
        public EquatableArray<int> Present()
        {
            var has = new bool[Levels.Count];
            foreach (var code in Codes.AsSpan()) has[code] = true;
            return EquatableArray.From(Enumerable.Range(0, has.Length).Where(code => has[code]));
        }

        private protected override void Seal() { }
    }

    /// <summary>One number per row.</summary>
    /// <param name="Values">The values, in row order; finite.</param>
    public sealed record Numeric(EquatableArray<double> Values) : Target
    {
        /// <inheritdoc/>
        public override int Count => Values.Count;

        /// <inheritdoc/>
        public override Target Take(EquatableArray<int> rows) => new Numeric(Values.At(rows));

        private protected override void Seal() { }
    }
}
