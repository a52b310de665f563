using FsCheck;
using FsCheck.Fluent;

namespace FunctionalStack.Reporting.Tests.Curves;

/// <summary>Probabilities of the second of two classes, with ties and weights.</summary>
public sealed record Predicted(EquatableArray<double> Scores, EquatableArray<bool> Positive, EquatableArray<double> Weights)
{
    internal Target.Classes Truth => new(["n", "y"], EquatableArray.From(Positive.Select(positive => positive ? 1 : 0)));

    internal Prediction.Probabilities Probabilities =>
        new(["n", "y"], EquatableArray.From(Scores.SelectMany(score => new[] { 1 - score, score })));

    internal bool HasBoth => Positive.Contains(true) && Positive.Contains(false);
}

/// <summary>What FsCheck generates here.</summary>
public static class Samples
{
    public static Arbitrary<Predicted> Predictions() => Arb.From(
        from count in Gen.Choose(2, 400)
        from steps in Gen.Elements(4, 20, 100_000)
        from scores in Gen.Choose(0, steps).Select(step => step / (double)steps).ArrayOf(count)
        from draws in Gen.Choose(0, 99).ArrayOf(count)
        from skill in Gen.Choose(0, 100)
        from weights in Gen.Choose(1, 5).Select(weight => (double)weight).ArrayOf(count)
        select new Predicted(EquatableArray.From(scores),
            EquatableArray.From(scores.Zip(draws, (score, draw) => draw < (skill * score + (100 - skill) * 0.5))),
                EquatableArray.From(weights)));

    public static Arbitrary<EquatableArray<double>> Numbers() => Arb.From(
        from count in Gen.Choose(1, 200)
        from scale in Gen.Elements(1e-9, 0.01, 1.0, 1e6, 1e12)
        from whole in Gen.Elements(true, false)
        from numbers in Gen.Choose(-1000, 1000).ArrayOf(count)
        from holes in Gen.Choose(0, 9).ArrayOf(count)
        select EquatableArray.From(numbers.Zip(holes, (number, hole) => hole == 0 ? double.NaN : whole ? number : number / 7.0 * scale)));
}
