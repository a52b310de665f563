using System.Text;
using System.Text.Json;
using FunctionalStack.IO;

namespace FunctionalStack.Serving;

/// <summary>Reads a JSON value as the cells of one column, or of the parts of one date.</summary>
/// <remarks>
/// A number is that number and a string what the cell of a CSV file would be, so that both predict the same: <c>"NA"</c> is missing, and
/// <c>"12"</c> is the number 12 in a column of numbers. <c>null</c> is missing. <c>true</c> and <c>false</c> are 1 and 0 in a column of
/// numbers, and the levels True and False in one of categories.
/// </remarks>
internal abstract class CellParser(string name)
{
    // A longer text is none of the categories, and would be repeated in a note.
    private const int LongestLevel = 4096;

    /// <summary>The name in a row.</summary>
    public string Name => name;

    /// <summary>Reads the value at the reader's position into the last row of the block.</summary>
    /// <exception cref="Refused">The value does not fit the column.</exception>
    public abstract void Read(ref Utf8JsonReader reader, RowBlock into);

    /// <summary>The parser of the columns with one source.</summary>
    public static CellParser Of(string source, IReadOnlyList<(ColumnSchema Column, int Place)> parts) => parts[0].Column switch
    {
        ColumnSchema.Categorical column => new Category(source, column, parts[0].Place),
        ColumnSchema.Texts column => new Words(source, column, parts[0].Place),
        { Text.Date: not null } => new Dates(source, parts),
        var column => new Number(source, column.Text, parts[0].Place),
    };

    private protected Refused Wrong(RowBlock block, string what) => Refused.Cell(block.Count - 1, name, what);

    private protected Refused Wrong(ref Utf8JsonReader reader, RowBlock block, string kind) => Wrong(block, reader.TokenType switch
    {
        JsonTokenType.StartObject => $"an object is not {kind}",
        JsonTokenType.StartArray => $"an array is not {kind}",
        JsonTokenType.String => $"'{Refused.Shortened(Text(ref reader, block))}' is not {kind}",
        JsonTokenType.Number => $"{Refused.Shortened(Encoding.UTF8.GetString(reader.ValueSpan))} is not {kind}",
        var token => $"{(token == JsonTokenType.True ? "true" : "false")} is not {kind}",
    });

    private protected string Text(ref Utf8JsonReader reader, RowBlock block)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw Refused.Form($"row {block.Count}, column '{Refused.Shortened(name)}': the text is not valid Unicode");
        }
    }

    private protected double Finite(ref Utf8JsonReader reader, RowBlock block) =>
        reader.TryGetDouble(out var number) && Math.Abs(number) <= Cell.Largest
            ? number
            : throw Wrong(block, $"{Refused.Shortened(Encoding.UTF8.GetString(reader.ValueSpan))} is too large. "
                + "The largest number is 1e100");

    private sealed class Number(string name, TextFormat text, int place) : CellParser(name)
    {
        public override void Read(ref Utf8JsonReader reader, RowBlock into)
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.Number:
                    var number = Finite(ref reader, into);
                    into.Set(place, text.Missing.Count > 0 && MissingText.IsNumber(number, text.Missing) ? double.NaN : number);
                    break;
                case JsonTokenType.Null:
                    into.Set(place, double.NaN);
                    break;
                case JsonTokenType.True or JsonTokenType.False:
                    into.Set(place, reader.TokenType == JsonTokenType.True ? 1 : 0);
                    break;
                case JsonTokenType.String:
                    into.Set(place, OfText(ref reader, into));
                    break;
                default:
                    throw Wrong(ref reader, into, "a number");
            }
        }

        private double OfText(ref Utf8JsonReader reader, RowBlock into)
        {
            var utf8 = reader.ValueIsEscaped ? Encoding.UTF8.GetBytes(Text(ref reader, into)) : reader.ValueSpan;
            return Cell.Read(Cell.Trim(utf8), text, out var number) switch
            {
                CellKind.Number or CellKind.Missing => number,
                CellKind.TooLarge => throw Wrong(into, $"'{Refused.Shortened(Text(ref reader, into))}' is too large. "
                    + "The largest number is 1e100"),
                _ when Word.Truth(Text(ref reader, into).Trim()) is { } truth => truth ? 1 : 0,
                _ => throw Wrong(ref reader, into,
                    text with { Missing = default } == TextFormat.Usual
                        ? "a number" : $"a number in the format of the training data ({text})"),
            };
        }
    }

    private sealed class Category : CellParser
    {
        private readonly ColumnSchema.Categorical column;
        private readonly int place;
        private readonly Dictionary<byte[], int> codes = new(new Utf8Comparer());
        private readonly Dictionary<byte[], int>.AlternateLookup<ReadOnlySpan<byte>> known;

        public Category(string name, ColumnSchema.Categorical column, int place) : base(name)
        {
            (this.column, this.place) = (column, place);
            for (var code = 0; code < column.Levels.Count; code++) codes[Encoding.UTF8.GetBytes(column.Levels[code])] = code;
            known = codes.GetAlternateLookup<ReadOnlySpan<byte>>();
        }

        public override void Read(ref Utf8JsonReader reader, RowBlock into)
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.String:
                    if (!reader.ValueIsEscaped && known.TryGetValue(reader.ValueSpan, out var code) && column.Levels[code].Length > 0)
                        into.Set(place, code);
                    else Put(Text(ref reader, into).Trim(), into);
                    break;
                case JsonTokenType.Null:
                    into.Set(place, -1);
                    break;
                case JsonTokenType.Number:
                    Put(Finite(ref reader, into), into);
                    break;
                case JsonTokenType.True or JsonTokenType.False:
                    Put(reader.TokenType == JsonTokenType.True ? 1 : 0, into);
                    break;
                default:
                    throw Wrong(ref reader, into, "a category");
            }
        }

        private void Put(string text, RowBlock into)
        {
            if (text.Length > LongestLevel) throw Wrong(into, $"the text is longer than {LongestLevel} characters");
            var code = text.Length == 0 ? -1 : column.CodeOf(text);
            if (code >= 0) Put(code, text, into);
            else if (MissingText.InWords(text, column.Text.Missing)) into.Set(place, -1);
            else Unseen(text, into);
        }

        private void Put(double number, RowBlock into)
        {
            if (column.CodeOf(number) is not { } code)
            {
                throw Wrong(into, $"{Word.Of(number)} is none of the categories "
                    + Listed.Some([.. column.Levels.Select(level => $"'{Refused.Shortened(level)}'")]));
            }

            if (code < 0) Unseen(Word.Of(number), into);
            else Put(code, Word.Of(number), into);
        }

        private void Put(int code, string text, RowBlock into)
        {
            if (column.Levels[code] == text)
            {
                into.Set(place, code);
                return;
            }

            into.Set(place, code, text);
            into.IsNoted = true;
        }

        private void Unseen(string text, RowBlock into)
        {
            into.Set(place, column.Levels.Count + place, text);
            into.IsNoted = true;
        }
    }

    private sealed class Words(string name, ColumnSchema.Texts column, int place) : CellParser(name)
    {
        public override void Read(ref Utf8JsonReader reader, RowBlock into)
        {
            var text = reader.TokenType switch
            {
                JsonTokenType.String => Text(ref reader, into).Trim(),
                JsonTokenType.Number => Word.Of(Finite(ref reader, into)),
                JsonTokenType.True => "1",
                JsonTokenType.False => "0",
                JsonTokenType.Null => "",
                _ => throw Wrong(ref reader, into, "a text"),
            };
            if (MissingText.InWords(text, column.Text.Missing)) into.Set(place, -1);
            else into.Set(place, place, text);
        }
    }

    private sealed class Dates(string name, IReadOnlyList<(ColumnSchema Column, int Place)> parts) : CellParser(name)
    {
        private readonly DateSource date = parts[0].Column.Text.Date!;

        public override void Read(ref Utf8JsonReader reader, RowBlock into)
        {
            var seconds = reader.TokenType switch
            {
                JsonTokenType.Null => double.NaN,
                JsonTokenType.String => Seconds(ref reader, into),
                _ => throw Wrong(ref reader, into, Kind),
            };
            foreach (var (column, place) in parts) into.Set(place, DateColumns.Part(seconds, column.Text.Date!.Part));
        }

        private string Kind => $"a date in the order of the training data ({date.Order.Text()})";

        private double Seconds(ref Utf8JsonReader reader, RowBlock into)
        {
            var text = Text(ref reader, into);
            return DateText.TryRead(text, date.Order, out var read) ? read.Seconds
                : MissingText.InNumbers(text, parts[0].Column.Text.Missing) ? double.NaN
                : throw Wrong(ref reader, into, Kind);
        }
    }
}
