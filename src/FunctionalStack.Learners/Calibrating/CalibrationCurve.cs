namespace FunctionalStack.Learners;

/// <summary>A rising curve from the probability that a base gives a class to the one it gets.</summary>
public abstract record CalibrationCurve
{
    private protected abstract void Seal();

    /// <summary>From 0 to 1 for a probability from 0 to 1.</summary>
    public abstract double At(double probability);

    /// <summary>What <paramref name="rows"/> rows can tell of a probability among so many classes: it keeps 0 and 1 from having infinite logarithms, strictly in order.</summary>
    internal static double Seen(double probability, int rows, int classes) => (rows * probability + 1.0 / classes) / (rows + 1.0);

    /// <summary>1 / (1 + exp(-(slope x log-odds + intercept))), the odds of p as n rows can tell it.</summary>
    public sealed record Sigmoid(double Slope, double Intercept, int Rows) : CalibrationCurve
    {
        public override double At(double probability) => Chance(Slope * LogOdds(probability, Rows) + Intercept);

        internal static double LogOdds(double probability, int rows) => Math.Log(Seen(probability, rows, 2) / Seen(1 - probability, rows, 2));

        /// <summary>Without overflow on either side.</summary>
        internal static double Chance(double score) => score >= 0 ? 1 / (1 + Math.Exp(-score)) : Math.Exp(score) / (1 + Math.Exp(score));

        private protected override void Seal() { }
    }

    /// <summary>p, as n rows can tell it, to a power; classes are divided by their sum afterwards.</summary>
    public sealed record Power(double Exponent, int Rows, int Classes) : CalibrationCurve
    {
        public override double At(double probability) => Math.Pow(Seen(probability, Rows, Classes), Exponent);

        private protected override void Seal() { }
    }

    /// <summary>Straight between points, level beyond them.</summary>
    /// <param name="From">Where the points are, ascending.</param>
    /// <param name="To">What they are mapped to, never falling.</param>
    public sealed record Isotonic(EquatableArray<double> From, EquatableArray<double> To) : CalibrationCurve
    {
        public override double At(double probability)
        {
            var from = From.AsSpan();
            var at = from.BinarySearch(probability);
            if (at >= 0) return To[at];
            at = ~at;
            if (at == 0) return To[0];
            if (at == from.Length) return To[^1];
            return To[at - 1] + (To[at] - To[at - 1]) * ((probability - from[at - 1]) / (from[at] - from[at - 1]));
        }

        private protected override void Seal() { }
    }
}
