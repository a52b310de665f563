namespace FunctionalStack.Neural;

/// <summary>A learning rate schedule: plain data, a closed union; a pure function of the epochs done.</summary>
public abstract record Schedule
{
    private protected abstract void Seal();

    /// <summary>The factor of the optimizer's learning rate.</summary>
    /// <param name="epoch">The epochs done, with fractions: steps taken / steps per epoch; from 0.</param>
    public abstract double Factor(double epoch);

    /// <summary>What is wrong with the parameters; null if they are valid.</summary>
    internal abstract string? Flaw { get; }

    /// <summary>A constant factor of 1.</summary>
    public sealed record Constant : Schedule
    {
        /// <inheritdoc/>
        public override double Factor(double epoch) => 1;

        internal override string? Flaw => null;

        private protected override void Seal() { }
    }

    /// <summary>Step decay: the factor is multiplied by <paramref name="Drop"/> after every <paramref name="Every"/> epochs.</summary>
    /// <param name="Every">Epochs; above 0.</param>
    /// <param name="Drop">The multiplier; above 0.</param>
    public sealed record Step(double Every, double Drop = 0.1) : Schedule
    {
        /// <inheritdoc/>
        public override double Factor(double epoch) => Math.Pow(Drop, Whole(epoch / Every));

        internal override string? Flaw =>
            !Above(0, Every) ? $"steps come every {Every} epochs" : !Above(0, Drop) ? $"a step multiplies by {Drop}" : null;

        private protected override void Seal() { }
    }

    /// <summary>Cosine decay from 1 to <paramref name="Floor"/>, then constant.</summary>
    /// <param name="Epochs">The length of the decay; above 0.</param>
    /// <param name="Floor">The final factor; 0 to 1.</param>
    public sealed record Cosine(double Epochs, double Floor = 0) : Schedule
    {
        /// <inheritdoc/>
        public override double Factor(double epoch) => HalfCosine(Math.Min(epoch / Epochs, 1), Floor);

        internal override string? Flaw => !Above(0, Epochs) ? $"a cosine over {Epochs} epochs" : FlawOf(Floor);

        private protected override void Seal() { }
    }

    /// <summary>
    /// Cosine decay from 1 to <paramref name="Floor"/> with warm restarts (SGDR, Loshchilov &amp; Hutter 2017, equation 5).
    /// Snapshots are taken at the end of each period.
    /// </summary>
    /// <param name="Period">The epochs of the first period; above 0.</param>
    /// <param name="Growth">The ratio of each period's length to the one before; at least 1.</param>
    /// <param name="Floor">The final factor of each period; 0 to 1.</param>
    public sealed record CosineWarmRestarts(double Period, double Growth = 1, double Floor = 0) : Schedule
    {
        /// <inheritdoc/>
        public override double Factor(double epoch)
        {
            var (begin, length) = (0.0, Period);
            if (Growth == 1) begin = Whole(epoch / Period) * Period;
            for (; Growth > 1 && Whole((epoch - begin) / length) >= 1; length *= Growth) begin += length;
            return HalfCosine(Math.Clamp((epoch - begin) / length, 0, 1), Floor);
        }

        internal override string? Flaw =>
            !Above(0, Period)
                ? $"a period of {Period} epochs" : !(Growth >= 1 && double.IsFinite(Growth))
                ? $"periods grow {Growth} times" : FlawOf(Floor);

        private protected override void Seal() { }
    }

    // The number of steps is an integer, but its fraction of an epoch is rounded, and so is a period: 2 + 3/10 epochs are 23 tenths, not
    // 22.999.
    private static double Whole(double periods) =>
        Math.Round(periods) is var nearest && Math.Abs(periods - nearest) <= 1e-9 * Math.Max(1, nearest) ? nearest : Math.Floor(periods);

    private static double HalfCosine(double part, double floor) => floor + (1 - floor) * (1 + Math.Cos(Math.PI * part)) / 2;

    private static string? FlawOf(double floor) => floor is >= 0 and <= 1 ? null : $"a floor of {floor}";

    private static bool Above(double least, double number) => number > least && double.IsFinite(number);
}
