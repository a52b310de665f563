namespace FunctionalStack.Neural;

/// <summary>
/// How gradients become new parameters: plain data, a closed union. Its state is a value (<see cref="OptimizerState"/>),
/// each step one <see cref="UpdateRule"/>, a pure function of the step's number.
/// </summary>
public abstract record Optimizer
{
    private protected abstract void Seal();

    /// <summary>Numbers kept a parameter: 0 to 2.</summary>
    public abstract int Slots { get; }

    /// <summary>The arithmetic of step <paramref name="step"/>, counted from 1.</summary>
    /// <param name="step">The optimizer's step.</param>
    /// <param name="factor">What a schedule makes of the rate.</param>
    /// <param name="decays">Whether weight decay applies: to kernels it does, to biases, gammas and betas not.</param>
    public abstract UpdateRule Rule(long step, double factor, bool decays);

    /// <summary>Why the numbers are out of range, if they are.</summary>
    internal abstract string? Flaw { get; }

    /// <summary>Gradient descent.</summary>
    /// <param name="Rate">Above 0.</param>
    /// <param name="Momentum">0 to below 1: how much of the last step is taken again.</param>
    /// <param name="Nesterov">Whether the gradient is taken where the momentum leads (Sutskever et al. 2013, Keras's form).</param>
    /// <param name="WeightDecay">L2 penalty on kernels; at least 0.</param>
    public sealed record Sgd(double Rate = 0.01, double Momentum = 0, bool Nesterov = false, double WeightDecay = 0) : Optimizer
    {
        public override int Slots => Momentum == 0 ? 0 : 1;

        public override UpdateRule Rule(long step, double factor, bool decays) => new(
            Momentum == 0 ? UpdateKind.Plain : Nesterov ? UpdateKind.Nesterov : UpdateKind.Momentum,
            (float)(Rate * factor), (float)Momentum, 0, 0, decays ? (float)WeightDecay : 0, 0);

        internal override string? Flaw => FlawOf(Rate, WeightDecay) ?? MemoryFlaw("momentum", Momentum);

        private protected override void Seal() { }
    }

    /// <summary>Adam (Kingma &amp; Ba 2015), in the form of the paper's section 2 that folds the bias corrections into the rate.</summary>
    /// <param name="Rate">Above 0.</param>
    /// <param name="Beta1">0 to below 1: the mean gradient's memory.</param>
    /// <param name="Beta2">0 to below 1: the squared gradient's memory.</param>
    /// <param name="Epsilon">Above 0.</param>
    /// <param name="WeightDecay">L2 penalty on kernels, through the gradient; at least 0.</param>
    public sealed record Adam(double Rate = 1e-3, double Beta1 = 0.9, double Beta2 = 0.999, double Epsilon = 1e-7, double WeightDecay = 0) : Optimizer
    {
        public override int Slots => 2;

        public override UpdateRule Rule(long step, double factor, bool decays) => new(
            UpdateKind.Adam, Corrected(Rate * factor, Beta1, Beta2, step), (float)Beta1, (float)Beta2, (float)Epsilon, decays ? (float)WeightDecay : 0, 0);

        internal override string? Flaw => FlawOf(Rate, WeightDecay) ?? MemoryFlaw("beta 1", Beta1) ?? MemoryFlaw("beta 2", Beta2) ?? EpsilonFlaw(Epsilon);

        private protected override void Seal() { }
    }

    /// <summary>Adam with weight decay beside the gradient (Loshchilov &amp; Hutter 2019): kernels shrink by rate x decay.</summary>
    /// <param name="Rate">Above 0.</param>
    /// <param name="Beta1">0 to below 1.</param>
    /// <param name="Beta2">0 to below 1.</param>
    /// <param name="Epsilon">Above 0.</param>
    /// <param name="WeightDecay">At least 0.</param>
    public sealed record AdamW(double Rate = 1e-3, double Beta1 = 0.9, double Beta2 = 0.999, double Epsilon = 1e-7, double WeightDecay = 0.01) : Optimizer
    {
        public override int Slots => 2;

        public override UpdateRule Rule(long step, double factor, bool decays) => new(
            UpdateKind.Adam, Corrected(Rate * factor, Beta1, Beta2, step), (float)Beta1, (float)Beta2, (float)Epsilon, 0, decays ? (float)(Rate * factor * WeightDecay) : 0);

        internal override string? Flaw => FlawOf(Rate, WeightDecay) ?? MemoryFlaw("beta 1", Beta1) ?? MemoryFlaw("beta 2", Beta2) ?? EpsilonFlaw(Epsilon);

        private protected override void Seal() { }
    }

    /// <summary>RMSprop (Hinton's lecture 6e, 2012).</summary>
    /// <param name="Rate">Above 0.</param>
    /// <param name="Rho">0 to below 1: the squared gradient's memory.</param>
    /// <param name="Epsilon">Above 0.</param>
    /// <param name="WeightDecay">L2 penalty on kernels; at least 0.</param>
    public sealed record RmsProp(double Rate = 1e-3, double Rho = 0.9, double Epsilon = 1e-7, double WeightDecay = 0) : Optimizer
    {
        // The second slot is where UpdateRule keeps squares.
        public override int Slots => 2;

        public override UpdateRule Rule(long step, double factor, bool decays) => new(
            UpdateKind.RmsProp, (float)(Rate * factor), 0, (float)Rho, (float)Epsilon, decays ? (float)WeightDecay : 0, 0);

        internal override string? Flaw => FlawOf(Rate, WeightDecay) ?? MemoryFlaw("rho", Rho) ?? EpsilonFlaw(Epsilon);

        private protected override void Seal() { }
    }

    private static string? FlawOf(double rate, double decay) =>
        !(rate > 0 && double.IsFinite(rate)) ? $"the rate is {rate}" : decay >= 0 && double.IsFinite(decay) ? null : $"the weight decay is {decay}";

    private static string? MemoryFlaw(string name, double memory) => memory is >= 0 and < 1 ? null : $"{name} is {memory}";

    private static string? EpsilonFlaw(double epsilon) => epsilon > 0 && double.IsFinite(epsilon) ? null : $"epsilon is {epsilon}";

    private static float Corrected(double rate, double beta1, double beta2, long step) =>
        (float)(rate * Math.Sqrt(1 - Math.Pow(beta2, step)) / (1 - Math.Pow(beta1, step)));
}

/// <summary>What an optimizer remembers: plain data, laid out like the parameters.</summary>
/// <param name="Steps">Steps taken.</param>
/// <param name="First">Momentum or mean gradient; empty where the optimizer keeps none.</param>
/// <param name="Second">Mean squared gradient; likewise.</param>
public sealed record OptimizerState(long Steps, EquatableArray<float> First, EquatableArray<float> Second)
{
    /// <summary>Before the first step.</summary>
    public static OptimizerState Initial(Optimizer optimizer, int parameters) => new(
        0,
        optimizer.Slots > 0 ? EquatableArray.Own(new float[parameters]) : default,
        optimizer.Slots > 1 ? EquatableArray.Own(new float[parameters]) : default);
}
