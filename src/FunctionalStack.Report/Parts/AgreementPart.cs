using FunctionalStack.Reporting.Charts;
using FunctionalStack.Reporting.Curves;
using FunctionalStack.Reporting.Markup;

namespace FunctionalStack.Reporting.Parts;

/// <summary>How alike the bases predict, and what the meta-learner makes of them.</summary>
internal static class AgreementPart
{
    private const int MostBases = 30;

    /// <summary>The correlations of the bases' predictions, and the weights of the meta-learner.</summary>
    /// <param name="models">The predictions of each model.</param>
    /// <param name="weights">The weight of each model that the last meta-learner combines; empty if it has none.</param>
    public static Section Of(EquatableArray<OutOfFold> models, EquatableArray<(string Name, double Weight)> weights)
    {
        var bases = models.Where(one => one.Role == "base").Take(MostBases).ToArray();
        if (bases.Length < 2)
        {
            return Section.Without("agreement", "Agreement of the bases", "There are fewer than two bases, so nothing is combined.");
        }

        var found = bases.Select(one => bases.Select(other => ReferenceEquals(one, other) ? 1 : Agreement.Of(one, other)).ToArray())
            .ToArray();
        var pairs = (from i in Enumerable.Range(0, bases.Length)
                     from j in Enumerable.Range(0, i)
                     where !double.IsNaN(found[i][j])
                     orderby found[i][j]
                     select (Value: found[i][j], Names: $"{bases[j].Name} and {bases[i].Name}")).ToArray();
        var least = pairs.Length == 0 ? "No correlation is defined, because predictions are constant."
            : $"The least alike are {pairs[0].Names} ({Figures.Fixed(pairs[0].Value, 2)})"
                + (pairs.Length > 1 ? $", the most alike {pairs[^1].Names} ({Figures.Fixed(pairs[^1].Value, 2)})." : ".");
        return new("agreement", "Agreement of the bases", Html.All(
            Html.Of("p", $"{least} A stack gains most from bases that are good and unlike each other."),
            pairs.Length == 0 ? Html.None
                : HeatMap.Of("correlation", "Correlation of the held-out predictions of the bases",
                    "In hundredths; the stronger the colour, the more alike.", [.. bases.Select(one => one.Name)],
                    (row, column) => found[row][column])
                    .Figure(),
            weights.Count == 0
                ? Html.Of("p", "Weights of the meta-learner are not shown: it has none per base, or there is no final model.")
                    .Class("absent")
                : Weights(weights)));
    }

    private static Html Weights(EquatableArray<(string Name, double Weight)> weights)
    {
        var sorted = weights.OrderByDescending(one => one.Weight).ToArray();
        return Bars.Of("weights", "Weights of the meta-learner",
            $"{sorted[0].Name} has the largest weight, {Figures.Fixed(sorted[0].Weight, 2)}. Of two bases that are alike, one can have "
                + "most of the weight of both.", "weight",
            [.. sorted.Take(MostBases).Select(one => (one.Name, one.Weight, double.NaN, Figures.Fixed(one.Weight, 3)))]).Figure();
    }
}
