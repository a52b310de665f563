using FunctionalStack.Neural;

namespace FunctionalStack.Cli.Nets;

/// <summary>Optimizers by the names of the command line.</summary>
internal static class Optimizers
{
    private const double Momentum = 0.9;

    public static IReadOnlyList<string> Names { get; } = ["adam", "adamw", "rmsprop", "sgd", "momentum", "nesterov"];

    /// <summary>The optimizer of that name at its defaults but for <paramref name="rate"/>, where given.</summary>
    public static Optimizer Of(string name, double? rate) => name switch
    {
        "adam" => rate is { } r ? new Optimizer.Adam(r) : new Optimizer.Adam(),
        "adamw" => rate is { } r ? new Optimizer.AdamW(r) : new Optimizer.AdamW(),
        "rmsprop" => rate is { } r ? new Optimizer.RmsProp(r) : new Optimizer.RmsProp(),
        "sgd" => rate is { } r ? new Optimizer.Sgd(r) : new Optimizer.Sgd(),
        "momentum" => new Optimizer.Sgd(rate ?? new Optimizer.Sgd().Rate, Momentum),
        "nesterov" => new Optimizer.Sgd(rate ?? new Optimizer.Sgd().Rate, Momentum, Nesterov: true),
        _ => throw new ArgumentException($"no optimizer is called '{name}'", nameof(name)),
    };

    /// <summary>An optimizer in words.</summary>
    public static string Text(Optimizer optimizer) => optimizer switch
    {
        Optimizer.Adam adam => $"Adam at rate {adam.Rate}",
        Optimizer.AdamW adam => $"AdamW at rate {adam.Rate}",
        Optimizer.RmsProp rmsProp => $"RMSprop at rate {rmsProp.Rate}",
        Optimizer.Sgd { Momentum: 0 } sgd => $"gradient descent at rate {sgd.Rate}",
        Optimizer.Sgd sgd => $"{(sgd.Nesterov ? "Nesterov's momentum" : "momentum")} {sgd.Momentum} at rate {sgd.Rate}",
        _ => throw new ArgumentException($"{optimizer} has no words", nameof(optimizer)),
    };
}
