using System.Text;
using Xunit;

namespace FunctionalStack.Serving.Tests;

public sealed class ProblemTests : IAsyncLifetime
{
    private const string Passenger = Served.Passenger;

    private Served served = null!;

    public async Task InitializeAsync() => served = await Served.Start(options =>
        options with { Serving = options.Serving with { MaxRows = 3, MaxBodyBytes = 4096 } }, "titanic", "mixed", "net");

    public async Task DisposeAsync() => await served.DisposeAsync();

    public static TheoryData<string, int, string> Bodies => new()
    {
        { "", 400, "the body is not JSON" },
        { "{", 400, "the body is not JSON" },
        { """{"age":NaN}""", 400, "the body is not JSON" },
        { $"{Passenger} 1", 400, "the body is not JSON" },
        { "3", 400, "neither a row nor rows" },
        { "[3]", 400, "row 1 is not an object" },
        { "[]", 422, "there are no rows" },
        { $"[{Passenger},{Passenger},{Passenger},{Passenger}]", 413, "more than 3 rows" },
        { $$"""{"rows":[{{Passenger}}],"rows":[]}""", 400, "'rows' is given twice" },
        { $$"""{"rows":[{{Passenger}}],"explan":true}""", 400, "'explan' is unknown" },
        { $$"""{"rows":[{{Passenger}}],"sets":2}""", 400, "'sets' is not a level" },
        { Passenger.Replace("22", "\"abc\""), 422, "row 1, column 'age': 'abc' is not a number" },
        { $"[{Passenger},{Passenger.Replace("22", "{}")}]", 422, "row 2, column 'age': an object is not a number" },
        { Passenger.Replace("22", "1e400"), 422, "row 1, column 'age': 1e400 is too large" },
        { Passenger.Replace("22", "\"Infinity\""), 422, "row 1, column 'age': 'Infinity' is too large" },
        { Passenger.Replace("\"3rd\"", "3"), 422, "row 1, column 'pclass': 3 is none of the categories" },
        { Passenger.Replace("\"3rd\"", "[1]"), 422, "row 1, column 'pclass': an array is not a category" },
        { Passenger.Replace("\"age\"", "\"Age\""), 422, "row 1 has no column 'age'" },
        { Passenger.Replace("}", ""","age":3}"""), 400, "row 1, column 'age': the column is given twice" },
        { Passenger.Replace("}", ""","x":[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]}"""), 400, "the body is not JSON" },
        { Passenger.Replace("3rd", @"\ud800"), 400, "row 1, column 'pclass': the text is not valid Unicode" },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task A_body_that_cannot_be_read_gets_a_problem(string body, int status, string detail)
    {
        var replied = await served.Post("/predict", body);
        Assert.Equal((status, "application/problem+json"), (replied.Status, replied.Type));
        Assert.Contains(detail, replied.Detail);
        Assert.Equal(status, (int)replied.Json["status"]!);
        Assert.DoesNotContain("   at ", replied.Text);
    }

    [Fact]
    public async Task A_problem_names_the_row_and_the_column_as_members()
    {
        var replied = await served.Post("/predict", $"[{Passenger},{Passenger.Replace("22", "\"abc\"")}]");
        Assert.Equal((2, "age"), ((int)replied.Json["row"]!, (string)replied.Json["column"]!));
        var dated = await served.Post("/models/mixed/predict", """{"signup":20220101,"member":true,"city":"Zürich","visits":1}""");
        Assert.Equal("row 1, column 'signup': 20220101 is not a date in the order of the training data (year first)", dated.Detail);
    }

    [Theory]
    [InlineData("text/csv", "pclass,sex\n1st,male\n", 422, "age")]
    [InlineData("text/csv", "pclass,sex,age,sibsp,parch\n1st,male,abc,0,0\n", 422, "'abc' is not a number")]
    [InlineData("text/csv", "pclass,sex,age,sibsp,parch\n1st,male\n", 400, "line 2")]
    [InlineData("text/csv", "", 400, "the body")]
    [InlineData("text/plain", Passenger, 415, "application/json or text/csv")]
    [InlineData("application/json; charset=utf-16", Passenger, 415, "UTF-8")]
    [InlineData("image/png", "x", 415, "application/json or text/csv")]
    public async Task Tables_and_other_types_are_refused_with_a_reason(string type, string body, int status, string detail)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        var replied = await served.Post("/predict", content);
        Assert.Equal(status, replied.Status);
        Assert.Contains(detail, replied.Detail);
    }

    [Fact]
    public async Task Text_that_is_not_UTF8_is_refused()
    {
        var content = new ByteArrayContent([(byte)'"', 0xFF, 0xFE, (byte)'"']);
        content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        Assert.Equal("the body is not UTF-8 text", (await served.Post("/predict", content)).Detail);
        var compressed = Served.Json(Passenger);
        compressed.Headers.ContentEncoding.Add("gzip");
        Assert.Equal(415, (await served.Post("/predict", compressed)).Status);
    }

    [Fact]
    public async Task Bodies_above_the_limit_are_refused_with_and_without_a_length()
    {
        var large = Passenger.Replace("3rd", new string('x', 5000));
        Assert.Equal(413, (await served.Post("/predict", large)).Status);

        // The answer is lost if the connection is closed while the client still sends (RFC 9112, 9.6), so it may take several requests.
        for (var attempt = 1; ; attempt++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/predict") { Content = Served.Json(large) };
            request.Headers.TransferEncodingChunked = true;
            try
            {
                Assert.Equal(413, (await served.Send(request)).Status);
                return;
            }
            catch (HttpRequestException) when (attempt < 10)
            {
                Assert.Equal(200, (await served.Post("/predict", Passenger)).Status);
            }
        }
    }

    [Theory]
    [InlineData("GET", "/predict", 405)]
    [InlineData("DELETE", "/models", 405)]
    [InlineData("POST", "/models/nothing/predict", 404)]
    [InlineData("GET", "/models/nothing", 404)]
    [InlineData("GET", "/nothing", 404)]
    [InlineData("POST", "/models/titanic/reload", 404)]
    public async Task Other_paths_and_methods_get_a_problem(string method, string path, int status)
    {
        using var request = new HttpRequestMessage(new(method), path);
        if (method == "POST") request.Content = Served.Json(Passenger);
        var replied = await served.Send(request);
        Assert.Equal((status, "application/problem+json"), (replied.Status, replied.Type));
        Assert.NotEmpty(replied.Detail);
    }

    [Fact]
    public async Task An_answer_that_cannot_be_given_in_a_type_is_refused()
    {
        Assert.Equal(406, (await served.Post("/predict", Served.Json(Passenger), "text/html")).Status);
        Assert.Equal(406, (await served.Post("/predict?explain=true", Served.Json(Passenger), "text/csv")).Status);
        Assert.Equal(200, (await served.Post("/predict", Served.Json(Passenger), "application/*;q=0.5")).Status);
        Assert.Equal(400, (await served.Post("/predict?explain=perhaps", Served.Json(Passenger))).Status);
    }
}
