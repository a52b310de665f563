namespace FunctionalStack.Learners;

/// <summary>A non-decreasing map from a base's probability of a class to the calibrated one.</summary>
public abstract record CalibrationCurve
{
    private protected abstract void Seal();

    /// <summary>The calibrated probability, from 0 to 1, for a probability from 0 to 1.</summary>
    public abstract double At(double probability);

    /// <summary>Shrinks a probability so that 0 and 1 get finite logarithms, strictly preserving order: (rows * probability + 1/classes) /
    /// (rows + 1).</summary>
    internal static double Seen(double probability, int rows, int classes) => (rows * probability + 1.0 / classes) / (rows + 1.0);

    /// <summary>1 / (1 + exp(-(slope x log-odds + intercept))), with the log-odds of the shrunk probability.</summary>
    /// <param name="Slope">The slope; from 0.01 to 100.</param>
    /// <param name="Intercept">The intercept.</param>
    /// <param name="Rows">The number of training rows.</param>
    public sealed record Sigmoid(double Slope, double Intercept, int Rows) : CalibrationCurve
    {
        /// <inheritdoc/>
        public override double At(double probability) => Chance(Slope * LogOdds(probability, Rows) + Intercept);

        internal static double LogOdds(double probability, int rows) =>
            Math.Log(Seen(probability, rows, 2) / Seen(1 - probability, rows, 2));

        /// <summary>Without overflow in either direction.</summary>
        internal static double Chance(double score) => score >= 0 ? 1 / (1 + Math.Exp(-score)) : Math.Exp(score) / (1 + Math.Exp(score));

        private protected override void Seal() { }
    }

    /// <summary>The shrunk probability to a power. The classes are divided by their sum afterwards.</summary>
    /// <param name="Exponent">The exponent, 1 over the temperature.</param>
    /// <param name="Rows">The number of training rows.</param>
    /// <param name="Classes">The number of classes present.</param>
    public sealed record Power(double Exponent, int Rows, int Classes) : CalibrationCurve
    {
        /// <inheritdoc/>
        public override double At(double probability) => Math.Pow(Seen(probability, Rows, Classes), Exponent);

        private protected override void Seal() { }
    }

    /// <summary>Piecewise linear between points, constant beyond them.</summary>
    /// <param name="From">The probabilities of the points, ascending.</param>
    /// <param name="To">The calibrated probabilities, non-decreasing.</param>
    public sealed record Isotonic(EquatableArray<double> From, EquatableArray<double> To) : CalibrationCurve
    {
        /// <inheritdoc/>
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
