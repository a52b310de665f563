namespace FunctionalStack.Reporting.Curves;

/// <summary>Predicted probabilities against the shares that occur, in bins of equal width.</summary>
/// <param name="Bins">The bins with rows, by ascending probability.</param>
internal sealed record Calibration(EquatableArray<CalibrationBin> Bins)
{
    /// <summary>Puts each row into the bin of its probability. A row with probability 1 is in the last bin.</summary>
    /// <param name="probabilities">From 0 to 1.</param>
    /// <param name="positive">Whether each row is positive.</param>
    /// <param name="weights">The weights; null for 1 each.</param>
    /// <param name="bins">The number of bins.</param>
    public static Calibration Of(EquatableArray<double> probabilities, EquatableArray<bool> positive,
        EquatableArray<double>? weights = null,
        int bins = 10)
    {
        var (rows, mass, predicted, found) = (new int[bins], new double[bins], new double[bins], new double[bins]);
        for (var i = 0; i < probabilities.Count; i++)
        {
            if (double.IsNaN(probabilities[i])) continue;
            var (bin, weight) = (Math.Clamp((int)(probabilities[i] * bins), 0, bins - 1), weights?[i] ?? 1);
            rows[bin]++;
            mass[bin] += weight;
            predicted[bin] += weight * probabilities[i];
            if (positive[i]) found[bin] += weight;
        }

        return new(EquatableArray.From(Enumerable.Range(0, bins).Where(bin => mass[bin] > 0)
            .Select(bin => new CalibrationBin((double)bin / bins, rows[bin], mass[bin], predicted[bin] / mass[bin],
                found[bin] / mass[bin]))));
    }

    /// <summary>The bins of several together, as of all their rows one after another.</summary>
    public static Calibration Together(IEnumerable<Calibration> parts) => new(EquatableArray.From(parts.SelectMany(part => part.Bins)
        .GroupBy(bin => bin.From).OrderBy(bins => bins.Key).Select(bins =>
        {
            var mass = bins.Sum(bin => bin.Weight);
            return new CalibrationBin(bins.Key, bins.Sum(bin => bin.Rows), mass, bins.Sum(bin => bin.Weight * bin.Predicted) / mass,
                bins.Sum(bin => bin.Weight * bin.Found) / mass);
        })));

    /// <summary>The expected calibration error: the mean over the rows of the distance of the two shares of their bin.</summary>
    public double Error => Bins.Sum(bin => bin.Weight * Math.Abs(bin.Predicted - bin.Found)) / Bins.Sum(bin => bin.Weight);
}

/// <summary>A bin of <see cref="Calibration"/>.</summary>
/// <param name="From">The lower end.</param>
/// <param name="Rows">The number of rows.</param>
/// <param name="Weight">Their weight.</param>
/// <param name="Predicted">The mean probability.</param>
/// <param name="Found">The share of positive rows.</param>
internal sealed record CalibrationBin(double From, int Rows, double Weight, double Predicted, double Found);
