using System.Text.Json;
using System.Text.Json.Nodes;
using FunctionalStack.IO;

namespace FunctionalStack.Cli.Output;

/// <summary>Builds the JSON objects documented in docs/cli.md. Fields may be added, but not renamed.</summary>
internal static class Json
{
    /// <inheritdoc cref="PlainJson.Options"/>
    public static JsonSerializerOptions Options => PlainJson.Options;

    /// <inheritdoc cref="PlainJson.Number"/>
    public static JsonNode? Number(double value) => PlainJson.Number(value);

    public static JsonArray Strings(IEnumerable<string> all) => new([.. all.Select(text => (JsonNode?)JsonValue.Create(text))]);

    public static JsonArray Numbers(IEnumerable<double> all) => new([.. all.Select(Number)]);

    /// <summary>Adds <c>task</c>, <c>rows</c> and, for classes, <c>classes</c>.</summary>
    public static JsonObject Describe(this JsonObject answer, Roles roles)
    {
        answer["task"] = roles.Target is Target.Classes ? "classification" : "regression";
        answer["rows"] = roles.Count;
        if (roles.Target is Target.Classes classes) answer["classes"] = Strings(classes.Levels);
        return answer;
    }

    /// <summary>The scores of the models: one object per model.</summary>
    /// <param name="models">The scored models.</param>
    /// <param name="near">The models within one standard error of the best; null to leave the field out.</param>
    /// <param name="withRows">Whether to add the number of rows that each model is scored on.</param>
    public static JsonArray Models(IEnumerable<ScoredModel> models, IReadOnlyCollection<ScoredModel>? near = null, bool withRows = false) =>
        new([.. models.Select(scored =>
    {
        var model = new JsonObject { ["name"] = scored.Name, ["role"] = scored.Role };
        if (withRows) model["rows"] = scored.OutOfFold.Rows.Count;
        model.Add(scored.Scores);
        if (near is not null) model["withinOneStandardError"] = near.Contains(scored);
        return (JsonNode?)model;
    })]);

    /// <summary>The scores of a model, each under the name of its metric.</summary>
    public static JsonObject Scores(EquatableArray<Score> scores)
    {
        var answer = new JsonObject();
        answer.Add(scores);
        return answer;
    }

    private static void Add(this JsonObject answer, EquatableArray<Score> scores)
    {
        foreach (var score in scores)
        {
            answer[score.Metric] =
                new JsonObject
                {
                    ["mean"] = Number(score.Mean),
                    ["std"] = Number(score.Std),
                    ["standardError"] = Number(score.StandardError),
                    ["folds"] = Numbers(score.PerFold)
                };
        }
    }
}
