using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using FunctionalStack.IO;
using Microsoft.AspNetCore.Http;

namespace FunctionalStack.Serving;

/// <summary>What a request asks for.</summary>
/// <param name="Rows">The rows.</param>
/// <param name="Intervals">The level of prediction intervals; null for none.</param>
/// <param name="Sets">The level of prediction sets; null for none.</param>
/// <param name="Explain">Whether to explain the predictions.</param>
internal sealed record RowsRequest(RowBlock Rows, double? Intervals = null, double? Sets = null, bool Explain = false);

/// <summary>
/// Reads rows from JSON into cells, without a tree between. A body is an array of rows, one row, or an object with the rows and what is
/// asked for. A row has all columns of the model; others are skipped. Created once per model; thread-safe.
/// </summary>
internal sealed class RowsReader
{
    private readonly Schema schema;
    private readonly CellParser[] parsers;
    private readonly byte[][] names;
    private readonly Dictionary<byte[], int>.AlternateLookup<ReadOnlySpan<byte>> places;

    public RowsReader(Schema schema)
    {
        this.schema = schema;
        parsers = [.. schema.Columns.Select((column, place) => (Column: column, Place: place)).GroupBy(one => one.Column.Source)
            .Select(parts => CellParser.Of(parts.Key, [.. parts]))];
        names = Array.ConvertAll(parsers, parser => Encoding.UTF8.GetBytes(parser.Name));
        places = names.Index().ToDictionary(pair => pair.Item, pair => pair.Index, new Utf8Comparer())
            .GetAlternateLookup<ReadOnlySpan<byte>>();
    }

    /// <summary>The names that a row must have.</summary>
    public IEnumerable<string> Names => parsers.Select(parser => parser.Name);

    /// <summary>Reads a body.</summary>
    /// <exception cref="Refused">It is not JSON, or not rows that the model can read.</exception>
    public RowsRequest Read(ReadOnlySpan<byte> body, int maxRows, int maxDepth)
    {
        if (body.StartsWith(Encoding.UTF8.Preamble)) body = body[Encoding.UTF8.Preamble.Length..];
        if (!Utf8.IsValid(body)) throw Refused.Form("the body is not UTF-8 text");
        try
        {
            var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = maxDepth });
            reader.Read();
            var request = reader.TokenType switch
            {
                JsonTokenType.StartArray => new(Many(ref reader, maxRows)),
                JsonTokenType.StartObject when HasRows(reader, body) => Envelope(ref reader, maxRows),
                JsonTokenType.StartObject => new(One(ref reader)),
                _ => throw Refused.Form("the body is neither a row nor rows. Give an object, an array of objects, or {\"rows\": [...]}"),
            };
            reader.Read();
            return request;
        }
        catch (JsonException exception)
        {
            throw Refused.Form($"the body is not JSON: line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}: "
                + Brief(exception.Message));
        }
    }

    // Without the position, which follows it in other words.
    private static string Brief(string message) => message.Split(" LineNumber:")[0].Split(" Change the reader")[0].TrimEnd('.');

    // A column may be named 'rows' too, but its value is no array.
    private static bool HasRows(Utf8JsonReader reader, ReadOnlySpan<byte> body)
    {
        if (body.IndexOf("\"rows\""u8) < 0) return false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var found = reader.ValueTextEquals("rows"u8);
            reader.Read();
            if (found && reader.TokenType == JsonTokenType.StartArray) return true;
            reader.Skip();
        }

        return false;
    }

    private RowsRequest Envelope(ref Utf8JsonReader reader, int maxRows)
    {
        RowBlock? rows = null;
        var (intervals, sets, explain) = (default(double?), default(double?), default(bool?));
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("rows"u8))
            {
                reader.Read();
                if (rows is not null || reader.TokenType != JsonTokenType.StartArray) throw Refused.Form("'rows' is given twice");
                rows = Many(ref reader, maxRows);
            }
            else if (reader.ValueTextEquals("intervals"u8)) intervals = Level(ref reader, "intervals", intervals);
            else if (reader.ValueTextEquals("sets"u8)) sets = Level(ref reader, "sets", sets);
            else if (reader.ValueTextEquals("explain"u8))
            {
                reader.Read();
                if (explain is not null || reader.TokenType is not (JsonTokenType.True or JsonTokenType.False or JsonTokenType.Null))
                    throw Refused.Form("'explain' is given twice, or is neither true nor false");
                explain = reader.TokenType == JsonTokenType.True;
            }
            else
            {
                throw Refused.Form($"'{Refused.Shortened(NameOf(ref reader))}' is unknown beside 'rows'. "
                    + "Known are 'rows', 'intervals', 'sets' and 'explain'");
            }
        }

        return new(rows!, intervals, sets, explain == true);
    }

    private static double? Level(ref Utf8JsonReader reader, string name, double? before)
    {
        reader.Read();
        if (before is not null) throw Refused.Form($"'{name}' is given twice");
        if (reader.TokenType == JsonTokenType.Null) return null;
        return reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out var level) && level > 0 && level < 1
            ? level
            : throw Refused.Form($"'{name}' is not a level above 0 and below 1, such as 0.9");
    }

    private RowBlock One(ref Utf8JsonReader reader)
    {
        var block = new RowBlock(schema);
        Row(ref reader, block, stackalloc bool[parsers.Length <= 256 ? parsers.Length : 0]);
        return block;
    }

    private RowBlock Many(ref Utf8JsonReader reader, int maxRows)
    {
        var block = new RowBlock(schema);
        Span<bool> given = stackalloc bool[parsers.Length <= 256 ? parsers.Length : 0];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.StartObject)
                throw Refused.Form($"row {block.Count + 1} is not an object with the columns by name");
            if (block.Count == maxRows)
            {
                throw new Refused(StatusCodes.Status413PayloadTooLarge,
                    $"the request has more than {maxRows} rows. Send them in several requests");
            }

            Row(ref reader, block, given);
        }

        return block.Count > 0 ? block
            : throw new Refused(StatusCodes.Status422UnprocessableEntity, "there are no rows. Give at least one");
    }

    private void Row(ref Utf8JsonReader reader, RowBlock block, scoped Span<bool> room)
    {
        scoped var given = room.Length == parsers.Length ? room : new bool[parsers.Length];
        given.Clear();
        block.Add();
        var (next, found) = (0, 0);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            // Most rows have their columns in one order.
            var at = next < names.Length && !reader.ValueIsEscaped && reader.ValueSpan.SequenceEqual(names[next])
                ? next : PlaceOf(ref reader);
            reader.Read();
            if (at < 0)
            {
                reader.Skip();
                continue;
            }

            if (given[at]) throw new Refused(StatusCodes.Status400BadRequest,
                $"row {block.Count}, column '{Refused.Shortened(parsers[at].Name)}': the column is given twice")
            { Row = block.Count, Column = Refused.Shortened(parsers[at].Name) };
            (given[at], next) = (true, at + 1);
            found++;
            parsers[at].Read(ref reader, block);
        }

        if (found < parsers.Length) throw Absent(given, block.Count);
    }

    private int PlaceOf(ref Utf8JsonReader reader)
    {
        if (!reader.ValueIsEscaped) return places.TryGetValue(reader.ValueSpan, out var place) ? place : -1;
        var name = NameOf(ref reader);
        return Array.FindIndex(parsers, parser => parser.Name == name);
    }

    private static string NameOf(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw Refused.Form("a name is not valid Unicode");
        }
    }

    private Refused Absent(ReadOnlySpan<bool> given, int row)
    {
        var absent = new List<string>();
        for (var at = 0; at < parsers.Length; at++)
        {
            if (!given[at]) absent.Add(parsers[at].Name);
        }

        return new(StatusCodes.Status422UnprocessableEntity,
            $"row {row} has no column{(absent.Count == 1 ? "" : "s")} {Listed.Some([.. absent.Select(name => $"'{name}'")])}. "
                + "Give all columns of the model; null is a missing value")
        { Row = row, Column = absent[0] };
    }
}
