using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using FunctionalStack.IO;
using Xunit;

namespace FunctionalStack.Serving.Tests;

/// <summary>Rows in JSON, rows in CSV and rows of a table are predicted alike, bit for bit.</summary>
public class RowsLaws
{
    private static readonly JsonSerializerOptions plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly Dictionary<string, Lazy<TableModel>> models = Fitted.OfTables.ToDictionary(name => name, name =>
        new Lazy<TableModel>(() => (TableModel)ServedModel.Load(new(name, Fitted.All[name]), null).OrThrow()));

    private static readonly Dictionary<string, Lazy<string?[][]>> cells = Fitted.OfTables.ToDictionary(name => name, name =>
        new Lazy<string?[][]>(() => CellsOf(name)));

    public static TheoryData<string> Models => [.. Fitted.OfTables];

    [Theory]
    [MemberData(nameof(Models))]
    public void A_row_in_JSON_is_predicted_as_the_row_in_a_table(string name) => Check(name, seed =>
    {
        var (rows, forms) = Sampled(name, seed, count: 1 + (int)(seed % 5));
        var expected = OfTable(name, rows);
        for (var row = 0; row < rows.Length; row++)
        {
            var request = models[name].Value.Reader.Read(Encoding.UTF8.GetBytes(Json(name, rows[row], forms)), 1, 16);
            var predicted = models[name].Value.Predict(request.Rows, Executor.Inline, default);
            Assert.Equal(Bits(expected.OrThrow()).Skip(row * Width(name)).Take(Width(name)), Bits(predicted.OrThrow()));
        }
    });

    [Theory]
    [MemberData(nameof(Models))]
    public void Rows_in_JSON_have_the_notes_and_predictions_of_a_table(string name) => Check(name, seed =>
    {
        var (rows, forms) = Sampled(name, seed, count: 40);
        var expected = OfTable(name, rows);
        var body = $"[{string.Join(",", rows.Select(row => Json(name, row, forms)))}]";
        var request = models[name].Value.Reader.Read(Encoding.UTF8.GetBytes(body), 40, 16);
        var predicted = models[name].Value.Predict(request.Rows, Executor.Threads(2), default);
        Assert.Equal(Bits(expected.OrThrow()), Bits(predicted.OrThrow()));
        Assert.Equal(expected.Notes.Select(note => $"{note}"), predicted.Notes.Select(note => $"{note}"));
    });

    private static void Check(string name, Action<ulong> law)
    {
        for (var seed = 0UL; seed < 40; seed++)
        {
            try
            {
                law(seed);
            }
            catch (Exception failed)
            {
                throw new InvalidOperationException($"model {name}, seed {seed}: {failed.Message}", failed);
            }
        }
    }

    private static Outcome<Prediction> OfTable(string name, string?[][] rows)
    {
        var model = models[name].Value;
        var text = new StringBuilder(string.Join(",", model.Reader.Names)).Append('\n');
        foreach (var row in rows) text.Append(string.Join(",", row.Select(Quoted))).Append('\n');
        return Table.Parse("rows", Encoding.UTF8.GetBytes(text.ToString())).Bind(table => table.Frame(model.Schema)).WithoutNotes()
            .Bind(model.Loaded.Predict);
    }

    private static string Quoted(string? cell) => cell is null ? "NA" : $"\"{cell.Replace("\"", "\"\"")}\"";

    // Rows of the data, some of whose cells are missing, of other rows, or texts that the training data did not have.
    private static (string?[][] Rows, bool[] AsText) Sampled(string name, ulong seed, int count)
    {
        var stream = Seed.Of((long)seed).Fork(name).Stream();
        var (all, schema) = (cells[name].Value, models[name].Value.Schema);
        var categorical = schema.Columns.DistinctBy(column => column.Source).Select(column => column is ColumnSchema.Categorical).ToArray();
        var rows = Enumerable.Range(0, count).Select(_ => all[stream.Next(all.Length)].Select((cell, at) => stream.Next(12) switch
        {
            0 => null,
            1 => all[stream.Next(all.Length)][at],
            2 when categorical[at] => $"new {stream.Next(3)} \u00e9\u4e16\"",
            3 when categorical[at] && cell is not null => $" {cell} ",
            _ => cell,
        }).ToArray()).ToArray();
        return (rows, [.. categorical.Select(_ => stream.Next(2) == 0)]);
    }

    // Numbers as JSON numbers or as text, names and texts with or without escapes, columns in any order, and others between.
    private static string Json(string name, string?[] row, bool[] asText)
    {
        var schema = models[name].Value.Schema.Columns.DistinctBy(column => column.Source).ToArray();
        var members = row.Select((cell, at) =>
        {
            var escaped = asText[at] ? JsonSerializer.Serialize(cell) : JsonSerializer.Serialize(cell, plain);
            var value = cell is null ? "null" : schema[at] is ColumnSchema.Numeric { Text.Date: null } && !asText[at]
                ? cell.ToLowerInvariant() : escaped;
            var own = JsonSerializer.Serialize(schema[at].Source, asText[at] ? JsonSerializerOptions.Default : plain);
            return $"{own}:{value}";
        });
        return $$"""{"unused":{"a":[1,2]},{{string.Join(" , ", asText[0] ? members.Reverse() : members)}}}""";
    }

    private static string?[][] CellsOf(string name)
    {
        var table = Fitted.All.Rows(name);
        var columns = models[name].Value.Reader.Names.Select(column => table.Words(column).OrThrow()).ToArray();
        return [.. Enumerable.Range(0, table.RowCount).Select(row => columns.Select(column => column[row]).ToArray())];
    }

    private static int Width(string name) => Math.Max(1, models[name].Value.Card.Levels.Count);

    private static IEnumerable<long> Bits(Prediction prediction) =>
        (prediction is Prediction.Probabilities p ? p.Matrix : prediction.Values).Select(BitConverter.DoubleToInt64Bits);
}
