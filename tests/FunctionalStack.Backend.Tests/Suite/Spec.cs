using FsCheck;
using FsCheck.Fluent;

namespace FunctionalStack.Backend.Tests;

/// <summary>The parameters of a trial: sizes, choices, and a seed for its values.</summary>
internal abstract record Spec(int Seed)
{
    public abstract Trial Trial();

    /// <summary>Simpler specs, for readable counterexamples.</summary>
    public abstract IEnumerable<Spec> Smaller();
}

/// <summary>Runs properties over specs.</summary>
internal static class Specs
{
    /// <summary>Channels that fill vectors of 4, 8 and 16 lanes and tiles of 32, 64 and 128 columns, and miss them by one.</summary>
    public static Gen<int> Channels { get; } = Gen.Elements(1, 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33, 65, 127, 257);

    /// <summary>Pixels, one often.</summary>
    public static Gen<int> Extent { get; } = Gen.Frequency((1, Gen.Constant(1)), (6, Gen.Choose(1, 9)));

    public static Gen<bool> Coin { get; } = Gen.Elements(false, true);

    public static Gen<int> Seeds { get; } = Gen.Choose(0, int.MaxValue);

    /// <summary>A count that is decreased to its minimum.</summary>
    public static IEnumerable<int> Fewer(int count, int least = 1) =>
        new[] { least, count / 2, count - 1 }.Where(fewer => fewer >= least && fewer < count).Distinct();

    public static void ForAll<T>(Gen<T> gen, Action<T> hold, int times = 100) where T : Spec =>
        Prop.ForAll(Arb.From(gen, spec => spec.Smaller().OfType<T>().Where(smaller => !smaller.Equals(spec))), hold)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(times));

    /// <summary>Asserts that the backend agrees with the oracle on every such operation.</summary>
    /// <param name="backend">Its name.</param>
    /// <param name="gen">The operations.</param>
    /// <param name="times">The number of trials.</param>
    /// <param name="coarser">The factor on the tolerances of float32.</param>
    public static void Agree<T>(string backend, Gen<T> gen, int times = 100, double coarser = 1) where T : Spec
    {
        using var opened = Backends.Open(backend, threads: 3);
        ForAll(gen, spec => spec.Trial().AgreesOn(opened, coarser), times);
    }
}
