namespace FunctionalStack.Neural;

/// <summary>
/// An optimizer: plain data, a closed union. Its state is a value (<see cref="OptimizerState"/>), and each step is one
/// <see cref="UpdateRule"/>, a pure function of the number of the step.
/// </summary>
public abstract record Optimizer
{
    private protected abstract void Seal();

    /// <summary>The number of state values per parameter: 0 to 2.</summary>
    public abstract int Slots { get; }

    /// <summary>The update rule of step <paramref name="step"/>.</summary>
    /// <param name="step">The number of the step, from 1.</param>
    /// <param name="factor">The factor of the learning rate schedule.</param>
    /// <param name="decays">Whether weight decay applies. It applies to kernels, and not to biases, gammas and betas.</param>
    public abstract UpdateRule Rule(long step, double factor, bool decays);

    /// <summary>What is wrong with the hyperparameters; null if they are valid.</summary>
    internal abstract string? Flaw { get; }

    /// <summary>Stochastic gradient descent.</summary>
    /// <param name="Rate">The learning rate; above 0.</param>
    /// <param name="Momentum">The share of the last step that is added again; at least 0 and below 1.</param>
    /// <param name="Nesterov">Whether to use Nesterov momentum (Sutskever et al. 2013, in Keras's form).</param>
    /// <param name="WeightDecay">L2 penalty on kernels; at least 0.</param>
    public sealed record Sgd(double Rate = 0.01, double Momentum = 0, bool Nesterov = false, double WeightDecay = 0) : Optimizer
    {
        /// <inheritdoc/>
        public override int Slots => Momentum == 0 ? 0 : 1;

        /// <inheritdoc/>
        public override UpdateRule Rule(long step, double factor, bool decays) => new(
            Momentum == 0 ? UpdateKind.Plain : Nesterov ? UpdateKind.Nesterov : UpdateKind.Momentum,
            (float)(Rate * factor), (float)Momentum, 0, 0, decays ? (float)WeightDecay : 0, 0);

        internal override string? Flaw => FlawOf(Rate, WeightDecay) ?? MemoryFlaw("momentum", Momentum);

        private protected override void Seal() { }
    }

    /// <summary>Adam (Kingma &amp; Ba 2015), in the form of the paper's section 2 with the bias corrections in the learning rate.</summary>
    /// <param name="Rate">The learning rate; above 0.</param>
    /// <param name="Beta1">The decay of the first moment's moving average; at least 0 and below 1.</param>
    /// <param name="Beta2">The decay of the second moment's moving average; at least 0 and below 1.</param>
    /// <param name="Epsilon">Added to the denominator; above 0.</param>
    /// <param name="WeightDecay">L2 penalty on kernels, added to the gradient; at least 0.</param>
    public sealed record Adam(double Rate = 1e-3, double Beta1 = 0.9, double Beta2 = 0.999, double Epsilon = 1e-7, double WeightDecay = 0)
        : Optimizer
    {
        /// <inheritdoc/>
        public override int Slots => 2;

        /// <inheritdoc/>
        public override UpdateRule Rule(long step, double factor, bool decays) => new(
            UpdateKind.Adam, Corrected(Rate * factor, Beta1, Beta2, step), (float)Beta1, (float)Beta2, (float)Epsilon, decays
                ? (float)WeightDecay : 0, 0);

        internal override string? Flaw =>
            FlawOf(Rate, WeightDecay) ?? MemoryFlaw("beta 1", Beta1) ?? MemoryFlaw("beta 2", Beta2) ?? EpsilonFlaw(Epsilon);

        private protected override void Seal() { }
    }

    /// <summary>Adam with decoupled weight decay (Loshchilov &amp; Hutter 2019): kernels shrink by rate x decay per step.</summary>
    /// <param name="Rate">The learning rate; above 0.</param>
    /// <param name="Beta1">The decay of the first moment's moving average; at least 0 and below 1.</param>
    /// <param name="Beta2">The decay of the second moment's moving average; at least 0 and below 1.</param>
    /// <param name="Epsilon">Added to the denominator; above 0.</param>
    /// <param name="WeightDecay">The decoupled weight decay of kernels; at least 0.</param>
    public sealed record AdamW(double Rate = 1e-3, double Beta1 = 0.9, double Beta2 = 0.999, double Epsilon = 1e-7,
        double WeightDecay = 0.01) : Optimizer
    {
        /// <inheritdoc/>
        public override int Slots => 2;

        /// <inheritdoc/>
        public override UpdateRule Rule(long step, double factor, bool decays) => new(
            UpdateKind.Adam, Corrected(Rate * factor, Beta1, Beta2, step), (float)Beta1, (float)Beta2, (float)Epsilon, 0, decays
                ? (float)(Rate * factor * WeightDecay) : 0);

        internal override string? Flaw =>
            FlawOf(Rate, WeightDecay) ?? MemoryFlaw("beta 1", Beta1) ?? MemoryFlaw("beta 2", Beta2) ?? EpsilonFlaw(Epsilon);

        private protected override void Seal() { }
    }

    /// <summary>RMSprop (Hinton's lecture 6e, 2012).</summary>
    /// <param name="Rate">The learning rate; above 0.</param>
    /// <param name="Rho">The decay of the squared gradient's moving average; at least 0 and below 1.</param>
    /// <param name="Epsilon">Added to the denominator; above 0.</param>
    /// <param name="WeightDecay">L2 penalty on kernels; at least 0.</param>
    public sealed record RmsProp(double Rate = 1e-3, double Rho = 0.9, double Epsilon = 1e-7, double WeightDecay = 0) : Optimizer
    {
        // Nu is the second of UpdateRule's buffers, so the first exists too, unused.
        /// <inheritdoc/>
        public override int Slots => 2;

        /// <inheritdoc/>
        public override UpdateRule Rule(long step, double factor, bool decays) => new(
            UpdateKind.RmsProp, (float)(Rate * factor), 0, (float)Rho, (float)Epsilon, decays ? (float)WeightDecay : 0, 0);

        internal override string? Flaw => FlawOf(Rate, WeightDecay) ?? MemoryFlaw("rho", Rho) ?? EpsilonFlaw(Epsilon);

        private protected override void Seal() { }
    }

    private static string? FlawOf(double rate, double decay) =>
        !(rate > 0 && double.IsFinite(rate))
            ? $"the rate is {rate}" : decay >= 0 && double.IsFinite(decay) ? null : $"the weight decay is {decay}";

    private static string? MemoryFlaw(string name, double memory) => memory is >= 0 and < 1 ? null : $"{name} is {memory}";

    private static string? EpsilonFlaw(double epsilon) => epsilon > 0 && double.IsFinite(epsilon) ? null : $"epsilon is {epsilon}";

    private static float Corrected(double rate, double beta1, double beta2, long step) =>
        (float)(rate * Math.Sqrt(1 - Math.Pow(beta2, step)) / (1 - Math.Pow(beta1, step)));
}

/// <summary>The state of an optimizer: plain data, with the offsets of the parameters.</summary>
/// <param name="Steps">The number of steps taken.</param>
/// <param name="Mu">The momentum, or the moving average of the gradient; empty if the optimizer has none.</param>
/// <param name="Nu">The moving average of the squared gradient; empty if the optimizer has none.</param>
public sealed record OptimizerState(long Steps, [FormerName("First")] EquatableArray<float> Mu,
    [FormerName("Second")] EquatableArray<float> Nu)
{
    /// <summary>The state before the first step: all zero.</summary>
    public static OptimizerState Initial(Optimizer optimizer, int parameters) => new(
        0,
        optimizer.Slots > 0 ? EquatableArray.Own(new float[parameters]) : default,
        optimizer.Slots > 1 ? EquatableArray.Own(new float[parameters]) : default);
}
