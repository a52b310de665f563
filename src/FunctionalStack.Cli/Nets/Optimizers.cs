using FunctionalStack.Neural;

namespace FunctionalStack.Cli.Nets;

/// <summary>The optimizers of the command line.</summary>
internal static class Optimizers
{
    private const double Momentum = 0.9;

    public static IReadOnlyList<string> Names { get; } = ["adam", "adamw", "rmsprop", "sgd", "momentum", "nesterov"];

    /// <summary>The optimizer with this name, with default parameters and, if given, the learning rate <paramref name="rate"/>.</summary>
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
}
