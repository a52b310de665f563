using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using FunctionalStack.Cli.Output;
using FunctionalStack.IO;
using FunctionalStack.Learners;
using FunctionalStack.Preprocessing;

namespace FunctionalStack.Cli.Options;

/// <summary>What fit adds to a model from the cross-fit of the whole learner: prediction intervals, quantiles or sets, and a
/// threshold.</summary>
internal static class Wrappers
{
    private const int UsualFolds = 5;

    public static Option<int?> Conformal { get; } = new("--conformal")
    {
        Description =
            "Keep what 'predict --intervals', '--quantiles' and '--sets' need, from this number of folds. By default that of "
            + "--folds, or 5. This takes one more fit of the whole model for each fold. Intervals are wider where errors are "
            + "expected to be larger.",
        HelpName = "K",
        Arity = ArgumentArity.ZeroOrOne,
        CustomParser = result =>
        {
            if (result.Tokens.Count == 0) return UsualFolds;
            var text = result.Tokens[^1].Value;
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count >= 2) return count;
            result.AddError($"--conformal is '{text}'. Give a whole number of folds, at least 2.");
            return null;
        },
    };

    public static Option<string?> Threshold { get; } = new("--threshold")
    {
        Description = "For two classes: choose the threshold on the probability of the second class that is best out of fold.",
        HelpName = "f1|balanced|cost:FN,FP",
    };

    /// <summary>The learner with the requested additions.</summary>
    /// <param name="learner">The learner.</param>
    /// <param name="parsed">The arguments.</param>
    /// <param name="roles">The roles of the rows.</param>
    /// <param name="folds">The number of folds if --conformal gives none; null for 5.</param>
    public static Outcome<ILearner> Around(ILearner learner, ParseResult parsed, Roles roles, int? folds)
    {
        var wanted = parsed.IsGiven(Conformal);
        if (roles.Folds is not null && wanted && parsed.GetResult(Conformal)!.Tokens.Count > 0)
        {
            return Outcome.Fail<ILearner>("--conformal", "the folds are given by a column", "Leave out the number.");
        }

        var count = parsed.GetResult(Conformal) is { Tokens.Count: > 0 } ? parsed.GetValue(Conformal)!.Value : folds ?? UsualFolds;
        FoldPlan plan = roles.Folds is null ? new FoldPlan.Usual(count) : new FoldPlan.Given();
        var inner = wanted ? new Conformal(learner, plan, roles.Target is Target.Numeric ? Scale : null) : learner;
        return parsed.GetValue(Threshold) is { } rule
            ? FunctionalStack.Threshold.Parse(rule).Match(
                known => Outcome.Ok<ILearner>(new Thresholded(inner, known, plan)),
                failure => new Outcome<ILearner>.Fail(failure with { Where = "--threshold" }))
            : Outcome.Ok(inner);
    }

    private static ILearner Scale => Recipe.ForTrees.Then(new ErrorForest());

    /// <summary>Whether the levels of the model's target have an order.</summary>
    public static bool IsOrdered(ModelCard card) => card.Metadata.Any(pair => pair.Key == CardMetadata.Ordinal);

    /// <summary>One line of text for each addition.</summary>
    public static IEnumerable<string> Lines(EquatableArray<MetadataCard> metadata)
    {
        if (Read<JsonArray>(metadata, CardMetadata.Weights) is { } weights)
        {
            yield return "weights of the combined models: " + string.Join(", ", weights.OfType<JsonObject>()
                .Select(one => $"{Plain.Text($"{one["name"]}")} {Number(one, "weight")}"));
        }

        if (Read<JsonValue>(metadata, CardMetadata.Ordinal) is not null) yield return "the classes are in order";

        if (Read<JsonObject>(metadata, CardMetadata.Conformal) is { } conformal)
        {
            yield return $"intervals, quantiles or sets: from {conformal["rows"]} held-out rows of {conformal["folds"]} folds";
        }

        if (Read<JsonObject>(metadata, CardMetadata.Threshold) is { } threshold)
        {
            yield return $"threshold: {Number(threshold, "value")}{Every(threshold)} on the probability of "
                + $"'{Plain.Text($"{threshold["class"]}")}', by {Plain.Text($"{threshold["rule"]}")}: {Goal($"{threshold["rule"]}")}"
                + $"{Number(threshold, "score")} out of fold, {Number(threshold, "scoreAtHalf")} with 0.5"
                + (LowerIsBetter($"{threshold["rule"]}") ? " (lower is better)" : "");
        }
    }

    /// <summary>Adds <c>weights</c>, <c>ordinal</c>, <c>conformal</c> and <c>threshold</c>, if they are in the metadata.</summary>
    public static void Describe(JsonObject answer, EquatableArray<MetadataCard> metadata)
    {
        foreach (var key in new[] { CardMetadata.Weights, CardMetadata.Ordinal, CardMetadata.Conformal, CardMetadata.Threshold })
        {
            if (Read<JsonNode>(metadata, key) is { } found) answer[key] = found;
        }
    }

    private static string Every(JsonObject threshold) =>
        threshold["value"] is JsonValue value && value.TryGetValue(out double number) && number < 0 ? " (every row)" : "";

    // What the scores of a threshold are. A file may hold any text as the rule.
    private static string Goal(string rule) => RuleOf(rule)?.Goal switch
    {
        ThresholdGoal.F1 => "F1 ",
        ThresholdGoal.Balanced => "balanced accuracy ",
        ThresholdGoal.Cost => "mean cost ",
        _ => "",
    };

    private static bool LowerIsBetter(string rule) => RuleOf(rule)?.LowerIsBetter == true;

    private static Threshold? RuleOf(string rule) =>
        FunctionalStack.Threshold.Parse(rule).Match<Threshold?>(known => known, _ => null);

    private static string Number(JsonObject json, string key) =>
        json[key] is JsonValue value && value.TryGetValue<double>(out var number) ? Tables.Fixed(number) : "-";

    // A file may hold any text.
    private static T? Read<T>(EquatableArray<MetadataCard> metadata, string key) where T : JsonNode
    {
        try
        {
            return metadata.FirstOrDefault(card => card.Key == key) is { Value: var text } ? JsonNode.Parse(text) as T : null;
        }
        catch (System.Text.Json.JsonException)
        {
            return null;
        }
    }
}
