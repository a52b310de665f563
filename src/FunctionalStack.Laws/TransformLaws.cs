namespace FunctionalStack.Laws;

/// <summary>The laws of transforms, for tests of a transform of your own: those of <see cref="LearnerLaws"/> that have a meaning for
/// them.</summary>
public static class TransformLaws
{
    private static readonly Capabilities any = new(MissingValues: true, Categories: true);

    /// <summary>Checks a transform. Random tables have numbers, categories and missing values; where it fails, nothing is
    /// checked.</summary>
    /// <param name="transform">The transform, with valid parameters.</param>
    /// <param name="options">How laws are checked; null for the defaults.</param>
    /// <returns>One result for each law, in the order of <see cref="LawNames"/>.</returns>
    public static EquatableArray<LawResult> Check(ITransform transform, LawOptions? options = null)
    {
        var how = options ?? new();
        return Laws.Check(Of(transform, how), how, seed => Tables.Of(seed.Fork("kind").Stream().Next(3) switch
        {
            0 => new(),
            1 => any with { MissingValues = false },
            _ => any,
        }, seed));
    }

    private static IEnumerable<Law> Of(ITransform transform, LawOptions options) =>
    [
        // First, as for learners.
        new(LawNames.RowsUnchanged, one =>
        {
            var before = Fits.Copy(one.Data);
            return Fits.With(transform.Fit(one.Data, one.Seed), _ =>
                Finding.Unless(before.SequenceEqual(Fits.Copy(one.Data)), "the rows are others after the fit"));
        }),
        new(LawNames.Deterministic, one => Finding.Unless(transform.Fit(one.Data, one.Seed).Equals(transform.Fit(one.Data, one.Seed)),
            "equal rows and seed gave two maps that are not equal. A map is a record of data, with lists as EquatableArray")),
        new(LawNames.SameColumns, one => Fits.With(transform.Fit(one.Data, one.Seed), fitted => fitted.Map.Apply(one.Data.Frame).Match(
            rows => Finding.Unless(rows.RowCount == one.Data.RowCount && rows.Names == fitted.TrainView.Names
                && fitted.TrainView.RowCount == (fitted.Covered?.Count ?? one.Data.RowCount),
                $"{fitted.TrainView.RowCount} training rows of {string.Join(", ", fitted.TrainView.Names)} and {rows.RowCount} new ones of "
                    + string.Join(", ", rows.Names)),
            failure => Finding.Against($"it cannot transform its training rows: {failure}")))),
        new(LawNames.UnseenLevels, one => Fits.Unseen(one.Data.Frame) is not { } unseen ? Finding.Nil("there are no categories")
            : Fits.With(transform.Fit(one.Data, one.Seed), fitted => fitted.Map.Apply(unseen) is Outcome<Frame>.Ok { Value: var rows }
                && rows.RowCount != unseen.RowCount
                    ? Finding.Against($"{unseen.RowCount} rows become {rows.RowCount}") : Finding.Held)),
        new(LawNames.RowAlone, one => Fits.With(transform.Fit(one.Data, one.Seed), fitted =>
        {
            var row = EquatableArray.Of(one.Seed.Fork("row").Stream().Next(one.Data.RowCount));
            return (fitted.Map.Apply(one.Data.Frame), fitted.Map.Apply(one.Data.Frame.Take(row))) switch
            {
                (Outcome<Frame>.Ok all, Outcome<Frame>.Ok alone) => Finding.Unless(
                    Fits.Numbers(all.Value.Take(row)).SequenceEqual(Fits.Numbers(alone.Value)),
                    $"row {row[0] + 1} alone becomes another row"),
                (Outcome<Frame>.Fail, Outcome<Frame>.Fail) => Finding.Nil("it transforms no row"),
                _ => Finding.Against($"row {row[0] + 1} can be transformed alone or among others, but not both"),
            };
        })),
        new(LawNames.UnitWeights, one => Finding.Unless(transform.Fit(one.Data.WithFrequencies(null), one.Seed)
            .Equals(transform.Fit(one.Data.WithFrequencies(Fits.Ones(one.Data.RowCount)), one.Seed)), "weights of 1 change the map")),
        new(LawNames.FrequencyWeights, one =>
        {
            if (options.DealsRows) return Finding.Nil("it deals rows by their place");
            // Rows of weight 0 are transformed, too, so that a map may refuse what is in them.
            var (times, data) = (Fits.Times(one, least: 1), one.Data.WithFrequencies(null));
            return Agree(transform, one, data.WithFrequencies(EquatableArray.From(times.Select(count => (double)count))),
                data.Take(Fits.Repeated(times)), "frequencies and repeated rows");
        }),
        new(LawNames.RowOrder, one => options.DealsRows ? Finding.Nil("it deals rows by their place")
            : Agree(transform, one, one.Data.WithTime(null), one.Data.WithTime(null).Take(Fits.Shuffled(one)), "rows in another order")),
        new(LawNames.SmallTables, one =>
        {
            foreach (var (name, data) in Fits.Small(one.Data))
            {
                if (transform.Fit(data, one.Seed).Bind(fitted => fitted.Map.Apply(data.Frame)) is Outcome<Frame>.Ok { Value: var rows }
                    && rows.RowCount != data.RowCount)
                    return Finding.Against($"fitted on {name}, {data.RowCount} rows become {rows.RowCount}");
            }

            return Finding.Held;
        }),
        new(LawNames.Parameters, _ => ParameterLaw.Check(transform, options), Once: true),
    ];

    private static Finding Agree(ITransform transform, Case one, Dataset first, Dataset second, string what)
    {
        return Fits.Agree(Numbers(first), Numbers(second), what);

        Outcome<double[]> Numbers(Dataset data) =>
            transform.Fit(data, one.Seed).Bind(fitted => fitted.Map.Apply(one.Data.Frame)).Map(Fits.Numbers);
    }
}
