namespace FunctionalStack.IO;

/// <summary>
/// Reads columns of training rows. The first scan reads plain numbers. For columns with other content, a second scan finds the
/// format of their numbers or dates; they are then read in that format, or as strings.
/// </summary>
internal static class ColumnReader
{
    public static Outcome<EquatableArray<ColumnRead>> Read(TableText text, EquatableArray<ColumnRequest> requests, TextOptions options)
    {
        requests = EquatableArray.From(requests.Select(request => request.Of(text.TypeOf(request.At))));
        var plain = Plain(text, requests, options);
        var found = Evidence(text, requests, plain, options);
        var marks = new FileMarks(
            found.Any(one => one is { OnlyComma: >= 0, OnlyPoint: < 0 } && one.Comma.Count == one.Present),
            found.Any(one => one is { OnlyPoint: >= 0, OnlyComma: < 0 } && one.Point.Count == one.Present),
            text.Separator == ';');
        var verdicts = new Verdict[requests.Count];
        var notes = new List<Note>();
        for (var i = 0; i < verdicts.Length; i++)
        {
            switch (Decide(text, requests[i], plain[i], found[i], marks, options))
            {
                case Outcome<Verdict>.Fail fail:
                    return new Outcome<EquatableArray<ColumnRead>>.Fail(fail.Failure);
                case Outcome<Verdict>.Ok ok:
                    verdicts[i] = ok.Value;
                    notes.AddRange(ok.Notes);
                    break;
            }
        }

        return new Outcome<EquatableArray<ColumnRead>>.Ok(Columns(text, requests, verdicts, plain, found, notes),
            EquatableArray.From(notes));
    }

    /// <summary>The cells of a column; null where missing.</summary>
    public static EquatableArray<string?> Strings(TableText text, int column, EquatableArray<string> missing,
        WhiteSpace space = WhiteSpace.Trimmed)
    {
        var strings = new StringCodes(text.RowCount, missing, space);
        using var rows = text.Scan();
        for (var row = 0; rows.Next(); row++) strings.Add(row, rows.Cell(column));
        return strings.Strings();
    }

    // With a decimal comma, 1.234 is not a plain number.
    private static PlainNumbers?[] Plain(TableText text, EquatableArray<ColumnRequest> requests, TextOptions options)
    {
        var plain = requests.Select(request => request.Kind == ColumnKind.Categorical
            || (options.Decimal == DecimalMark.Comma && !text.AreNumbers(request.At))
            ? null
            : new PlainNumbers(request.At, text.RowCount, null, options.Missing)).ToArray();
        var open = plain.OfType<PlainNumbers>().ToArray();
        using var rows = text.Scan();
        for (var row = 0; open.Length > 0 && rows.Next(); row++)
        {
            foreach (var column in open) column.Add(row, rows.Cell(column.At));
        }

        return plain;
    }

    private static TextEvidence?[] Evidence(TableText text, EquatableArray<ColumnRequest> requests, PlainNumbers?[] plain,
        TextOptions options)
    {
        var found = new TextEvidence?[requests.Count];
        Look(i => requests[i].Kind != ColumnKind.Categorical && plain[i] is null or { Strings: > 0 });

        // Beside a column with a decimal comma, or in a file that suggests one, 1.234 may be 1234.
        if (options.Decimal is null && (text.Separator == ';' || found.Any(one => one is { OnlyComma: >= 0 } or { Ambiguous: not null })))
        {
            Look(i => found[i] is null && plain[i] is { Strings: 0 } && !text.AreNumbers(requests[i].At), onlyPoints: true);
        }

        return found;

        void Look(Func<int, bool> wanted, bool onlyPoints = false)
        {
            var open = Enumerable.Range(0, requests.Count).Where(wanted).ToArray();
            if (open.Length == 0) return;
            foreach (var i in open) found[i] = new(options);
            using (var rows = text.Scan())
            {
                for (var row = 0; rows.Next(); row++)
                {
                    foreach (var i in open)
                    {
                        if (onlyPoints && (found[i]!.OnlyPoint >= 0 || !rows.Cell(requests[i].At).Contains((byte)'.'))) continue;
                        found[i]!.Add(row, rows.Cell(requests[i].At));
                    }
                }
            }

            // A column without a point is not ambiguous.
            foreach (var i in open.Where(i => onlyPoints && found[i]!.Present == 0)) found[i] = null;
        }
    }

    private static Outcome<Verdict> Decide(
        TableText text, ColumnRequest request, PlainNumbers? plain, TextEvidence? found, FileMarks marks, TextOptions options)
    {
        var usual = TextFormat.Usual with { Missing = options.Missing };
        if (request.Kind == ColumnKind.Categorical) return Outcome.Ok(new Verdict(ReadAs.Categories, usual));
        if (plain is { Strings: 0, FirstTooLarge: >= 0 and var row }) return VerdictOf.TooLarge(text, request.At, row);
        return found is null
            ? Outcome.Ok(new Verdict(ReadAs.Numbers, usual)) : new VerdictOf(text, request, found, marks, options).Decide();
    }

    private static EquatableArray<ColumnRead> Columns(
        TableText text, EquatableArray<ColumnRequest> requests, Verdict[] verdicts, PlainNumbers?[] plain, TextEvidence?[] found,
            List<Note> notes)
    {
        var fills = new (int At, IColumnFill Fill)?[requests.Count];
        for (var i = 0; i < fills.Length; i++)
        {
            var (kind, format, order) = verdicts[i];
            if (kind == ReadAs.Numbers && format.Decimal == DecimalMark.Point && plain[i] is { Strings: 0 }) continue;
            fills[i] = (requests[i].At, kind switch
            {
                ReadAs.Numbers => new NumberFill(text.RowCount, format),
                ReadAs.Dates => new DateFill(text.RowCount, order, format.Missing),
                _ => new StringCodes(text.RowCount, format.Missing),
            });
        }

        Fill.All(text, fills.OfType<(int, IColumnFill)>().ToArray());
        return EquatableArray.From(requests.Select((request, i) =>
        {
            var name = text.Header[request.At];
            var column = fills[i]?.Fill.Column() ?? new Column.Numeric(EquatableArray.Own(plain[i]!.Values));
            var reading = new ColumnReading(name, verdicts[i].Kind, verdicts[i].Text, Order: verdicts[i].Order)
            {
                IsEmpty = column is Column.Categorical { Levels.Count: 0 } || (found[i]?.Present ?? plain[i]?.Numbers) == 0,
            };
            if (fills[i]?.Fill is StringCodes strings)
            {
                if (strings.Alike() is var (one, other, why)) notes.Add(
                    new($"column '{name}'", $"'{one}' and '{other}' are different categories, but {why}"));
                return new ColumnRead(column, reading with
                {
                    Kind = column is Column.Categorical categories && Texts.Are(categories) ? ReadAs.Texts : reading.Kind,
                    Missing = strings.Missing.Counts,
                    Kept = strings.Kept(),
                });
            }

            if (verdicts[i].Kind == ReadAs.Numbers)
            {
                notes.AddRange(((fills[i]?.Fill as NumberFill)?.Found ?? plain[i]!).Notes(text, request.At, request.Digits));
            }

            var missing = plain[i] is { Strings: 0 } ? plain[i]!.Missing : found[i]!.Missing;
            var read = new ColumnRead(column, reading with { Missing = missing.Counts });
            if (verdicts[i].Text.Unit.Length == 0 && plain[i]?.CompactDate is { } day)
            {
                notes.Add(new(
                    $"column '{name}'",
                    $"its numbers look like dates, such as {day}, and are read as numbers; "
                        + $"write {day / 10000}-{day / 100 % 100:00}-{day % 100:00} to have a date"));
            }

            return read
                with
            { Reading = read.Reading with { Features = EquatableArray.From(read.Features.Select(feature => feature.Name)) } };
        }));
    }
}
