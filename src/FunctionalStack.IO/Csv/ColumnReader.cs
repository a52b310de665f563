using System.Text;

namespace FunctionalStack.IO;

/// <summary>A column to be read.</summary>
/// <param name="At">Where it lies.</param>
/// <param name="Kind">Of which kind it must be; null for whichever its cells say.</param>
/// <param name="OrTruth">Whether numbers may be the words true and false instead, which are then read as categories.</param>
internal sealed record ColumnRequest(int At, ColumnKind? Kind, bool OrTruth = false);

/// <summary>Reads columns in two scans: numbers first, and then the words of those columns that turned out to hold words.</summary>
internal static class ColumnReader
{
    public static Outcome<Frame> Read(CsvText text, Values<ColumnRequest> requests)
    {
        var numbers = Numbers(text, requests);
        var columns = new Column?[requests.Count];
        for (var i = 0; i < columns.Length; i++)
        {
            if (numbers[i] is { } found && requests[i].Kind != ColumnKind.Categorical)
            {
                if (Refusal(text, requests[i], found) is { } refusal) return refusal;
                if (found.IsNumeric) columns[i] = new Column.Numeric(Values.Own(found.Values));
            }
        }

        ReadWords(text, requests, columns);
        return Outcome.Ok(new Frame(text.RowCount, Values.From(columns.Select((column, i) => new NamedColumn(text.Header[requests[i].At], column!)))));
    }

    public static Values<string?> Words(CsvText text, int column)
    {
        var words = new WordCodes(text.RowCount);
        using var rows = text.Scan();
        for (var row = 0; rows.Next(); row++) words.Add(row, rows.Cell(column));
        return words.Words();
    }

    private static Found?[] Numbers(CsvText text, Values<ColumnRequest> requests)
    {
        var found = requests.Select(request => request.Kind == ColumnKind.Categorical ? null : new Found(request.At, new double[text.RowCount])).ToArray();
        var open = found.OfType<Found>().ToArray();
        using var rows = text.Scan();
        for (var row = 0; open.Length > 0 && rows.Next(); row++)
        {
            foreach (var column in open) column.Add(row, rows.Cell(column.At));
        }

        return found;
    }

    private static void ReadWords(CsvText text, Values<ColumnRequest> requests, Column?[] columns)
    {
        var wanted = Enumerable.Range(0, columns.Length).Where(i => columns[i] is null).ToArray();
        if (wanted.Length == 0) return;
        var words = wanted.Select(_ => new WordCodes(text.RowCount)).ToArray();
        using (var rows = text.Scan())
        {
            for (var row = 0; rows.Next(); row++)
            {
                for (var w = 0; w < words.Length; w++) words[w].Add(row, rows.Cell(requests[wanted[w]].At));
            }
        }

        for (var w = 0; w < words.Length; w++) columns[wanted[w]] = words[w].Column();
    }

    private static Outcome<Frame>? Refusal(CsvText text, ColumnRequest request, Found found)
    {
        var name = text.Header[request.At];
        if (request.Kind == ColumnKind.Numeric && found.Words > 0 && !(request.OrTruth && found.IsTruth))
        {
            return Outcome.Fail<Frame>(
                text.Where(found.FirstWord, request.At),
                $"{text.Quote(found.FirstWord, request.At)} is not a number",
                "Correct the cell, or leave it empty.");
        }

        if (found.WordsAreSlips)
        {
            var others = found.Words == 1 ? "" : $" (and {found.Words - 1} more like it)";
            return Outcome.Fail<Frame>(
                text.Where(found.FirstWord, request.At),
                $"{text.Quote(found.FirstWord, request.At)} in a column whose other {found.Numbers} values are numbers{others}",
                $"Correct the cell, leave it empty, or declare the column categorical with --categorical {name}.");
        }

        return found.IsNumeric && found.FirstTooLarge >= 0
            ? Outcome.Fail<Frame>(text.Where(found.FirstTooLarge, request.At), $"{text.Quote(found.FirstTooLarge, request.At)} is too large", "Give a finite number of magnitude at most 1e100, or leave the cell empty.")
            : null;
    }

    private sealed class Found(int at, double[] values)
    {
        private int truths;

        public int At => at;

        public double[] Values => values;

        public int Numbers { get; private set; }

        public int Words { get; private set; }

        public int FirstWord { get; private set; } = -1;

        public int FirstTooLarge { get; private set; } = -1;

        public bool IsNumeric => Words == 0;

        /// <summary>Whether there are words, and all cells that are not missing are true or false in any case.</summary>
        public bool IsTruth => Words > 0 && Words == truths && Numbers == 0;

        /// <summary>Few words among many numbers are mistakes; Titanic's tickets, a quarter of them words, are not.</summary>
        public bool WordsAreSlips => Words > 0 && Words <= Math.Max(1, 0.05 * (Numbers + Words)) && Numbers >= 2 * Words;

        public void Add(int row, ReadOnlySpan<byte> cell)
        {
            switch (Cell.Read(cell, out values[row]))
            {
                case CellKind.Number:
                    Numbers++;
                    break;
                case CellKind.TooLarge:
                    Numbers++;
                    if (FirstTooLarge < 0) FirstTooLarge = row;
                    break;
                case CellKind.Word:
                    if (Words++ == 0) FirstWord = row;
                    if (Ascii.EqualsIgnoreCase(cell, "true"u8) || Ascii.EqualsIgnoreCase(cell, "false"u8)) truths++;
                    break;
            }
        }
    }
}
