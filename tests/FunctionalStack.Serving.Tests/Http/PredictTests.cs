using System.Text;
using FunctionalStack.IO;
using Xunit;

namespace FunctionalStack.Serving.Tests;

public sealed class PredictTests : IAsyncLifetime
{
    private Served served = null!;

    public async Task InitializeAsync() => served = await Served.Start("titanic", "trees", "sets", "mixed");

    public async Task DisposeAsync() => await served.DisposeAsync();

    [Theory]
    [InlineData(Served.Passenger, 1)]
    [InlineData($"[{Served.Passenger},{Served.Passenger}]", 2)]
    [InlineData($$"""{"rows":[{{Served.Passenger}}]}""", 1)]
    public async Task One_row_several_and_an_envelope_are_answered_alike(string body, int rows)
    {
        var replied = await served.Post("/predict", body);
        Assert.Equal((200, "application/json"), (replied.Status, replied.Type));
        Assert.Equal(rows, replied.Predictions.Count);
        var expected = await served.Post("/models/titanic/predict", Served.Passenger);
        Assert.All(replied.Predictions, one => Assert.Equal(expected.Predictions[0]!.ToJsonString(), one!.ToJsonString()));
    }

    [Fact]
    public async Task Probabilities_are_those_of_the_file_bit_for_bit()
    {
        var model = ModelFile.Load(Fitted.All["titanic"]).OrThrow();
        var rows = Fitted.All.Rows("titanic");
        var expected = (Prediction.Probabilities)model.Predict(rows.Frame(model.Schema).OrThrow()).OrThrow();
        var csv = new StringContent(File.ReadAllText(Fitted.All.At("titanic.csv")), Encoding.UTF8, "text/csv");
        var replied = await served.Post("/predict", csv);
        Assert.Equal(expected.Labels, replied.Predictions.Select(one => (string)one!["prediction"]!));
        Assert.Equal(expected.Matrix,
            replied.Predictions.SelectMany(one => expected.Levels.Select(level => (double)one!["probabilities"]![level]!)));
    }

    [Fact]
    public async Task A_table_is_answered_as_a_table_if_asked_to()
    {
        var body = new StringContent("pclass,sex,age,sibsp,parch\n1st,female,29,0,0\n3rd,male,NA,1,0\n", Encoding.UTF8, "text/csv");
        var replied = await served.Post("/models/sets/predict?sets=0.9", body, "text/csv");
        Assert.Equal((200, "text/csv"), (replied.Status, replied.Type));
        var table = Table.Parse("answer", Encoding.UTF8.GetBytes(replied.Text)).OrThrow();
        Assert.Equal(["survived", "P(died)", "P(survived)", "set"], table.Header);
        Assert.Equal(2, table.RowCount);
    }

    [Fact]
    public async Task Intervals_and_sets_are_those_of_the_model()
    {
        var model = ModelFile.Load(Fitted.All["mixed"]).OrThrow();
        var frame = Fitted.All.Rows("mixed").Frame(model.Schema).OrThrow();
        var expected = model.PredictInterval(frame, 0.9).OrThrow();
        var csv = new StringContent(File.ReadAllText(Fitted.All.At("mixed.csv")), Encoding.UTF8, "text/csv");
        var replied = await served.Post("/models/mixed/predict?intervals=0.9", csv);
        Assert.Equal(expected.Lower, replied.Predictions.Select(one => (double)one!["interval"]!["lower"]!));
        Assert.Equal(expected.Upper, replied.Predictions.Select(one => (double)one!["interval"]!["upper"]!));

        var set = await served.Post("/models/sets/predict", $$"""{"rows":[{{Served.Passenger}}],"sets":0.9}""");
        Assert.NotEmpty(set.Predictions[0]!["set"]!.AsArray());
        var refused = await served.Post("/models/titanic/predict", $$"""{"sets":0.9,"rows":[{{Served.Passenger}}]}""");
        Assert.Equal(422, refused.Status);
        Assert.Contains("fstack fit --conformal", refused.Detail);
    }

    [Fact]
    public async Task A_level_that_training_did_not_have_is_noted()
    {
        var replied = await served.Post("/predict", Served.Passenger.Replace("3rd", "steerage"));
        Assert.Equal(["column 'pclass': 1 of 1 rows hold levels that are not in the training data (e.g. 'steerage')"],
            replied.Json["notes"]!.AsArray().Select(note => (string)note!));
    }

    [Fact]
    public async Task Trees_are_explained_by_Shapley_values_that_sum_to_the_score()
    {
        var replied = await served.Post("/models/trees/predict", $$"""{"rows":[{{Served.Passenger}}],"explain":true}""");
        var (one, explanation) = (replied.Predictions[0]!, replied.Predictions[0]!["explanation"]!);
        Assert.Equal("shap", (string)explanation["method"]!);
        var score = (double)explanation["base"]! + explanation["contributions"]!.AsArray().Sum(part => (double)part!["contribution"]!);
        Assert.Equal((double)one["probabilities"]!["survived"]!, 1 / (1 + Math.Exp(-score)), 12);
    }

    /// <summary>The contribution is the difference to the same request with the typical value.</summary>
    [Fact]
    public async Task Other_models_are_explained_by_typical_values()
    {
        var replied = await served.Post("/predict", $$"""{"rows":[{{Served.Passenger}}],"explain":true}""");
        var explanation = replied.Predictions[0]!["explanation"]!;
        Assert.Equal("typical", (string)explanation["method"]!);
        var card = await served.Get("/model");
        Assert.Equal("male", (string)card.Json["columns"]!.AsArray().Single(one => (string)one!["name"]! == "sex")!["typical"]!);
        var other = await served.Post("/predict", Served.Passenger.Replace("female", "male"));
        var label = (string)replied.Predictions[0]!["prediction"]!;
        var expected = (double)replied.Predictions[0]!["probabilities"]![label]! - (double)other.Predictions[0]!["probabilities"]![label]!;
        Assert.Equal(expected, (double)explanation["contributions"]!.AsArray()
            .Single(one => (string)one!["column"]! == "sex")!["contribution"]!);
    }

    [Fact]
    public async Task A_card_describes_the_columns()
    {
        var card = (await served.Get("/models/mixed")).Json;
        Assert.Equal(["signup", "member", "city", "visits"], card["columns"]!.AsArray().Select(one => (string)one!["name"]!));
        Assert.Equal("date", (string)card["columns"]![0]!["kind"]!);
        Assert.Equal(["New, York", "O\"Hare", "São Paulo", "Zürich"],
            card["columns"]![2]!["levels"]!.AsArray().Select(one => (string)one!).Order(StringComparer.Ordinal));
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(Fitted.All["mixed"]))),
            (string)card["digest"]!);
        Assert.True((bool)card["intervals"]!);
        var list = (await served.Get("/models")).Json;
        Assert.Equal(["titanic", "trees", "sets", "mixed"], list["models"]!.AsArray().Select(one => (string)one!["name"]!));
    }
}
