namespace FunctionalStack.IO;

/// <summary>The decision about a column that is not plain numbers.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Text">The format of its numbers.</param>
/// <param name="Order">The order of its dates.</param>
internal sealed record Verdict(ReadAs Kind, TextFormat Text, DateOrder Order = DateOrder.YearFirst);

/// <summary>The decimal marks found in the columns of a file.</summary>
/// <param name="Comma">A column can only be read with a decimal comma.</param>
/// <param name="Point">A column can only be read with a decimal point.</param>
/// <param name="Semicolons">Cells are separated by semicolons, as is usual with decimal commas.</param>
internal readonly record struct FileMarks(bool Comma, bool Point, bool Semicolons)
{
    /// <summary>Whether ambiguous columns are read with a decimal comma, and dates with the day first.</summary>
    public bool SuggestComma => !Point && (Comma || Semicolons);
}

/// <summary>Decides the type of a column from its cells.</summary>
internal sealed class VerdictOf(TableText text, ColumnRequest request, TextEvidence found, FileMarks marks, TextOptions options)
{
    private readonly string name = text.Header[request.At];

    public Outcome<Verdict> Decide()
    {
        var mark = Mark();
        var numbers = mark == DecimalMark.Point ? found.Point : found.Comma;
        var order = Order();
        var dates = found.Dates(order);
        if (request.Kind == ColumnKind.Numeric && numbers.Count < found.Present)
        {
            var more = found.Present - numbers.Count - 1;
            return Refuse(
                numbers.FirstMiss, $"is not a number{(more == 0 ? "" : $", and {more} more of {found.Present} values are none")}",
                request.NotNumbers);
        }

        if (HasBothMarks)
        {
            return Refuse(
                found.OnlyComma,
                $"has a decimal comma, but {text.Quote(found.OnlyPoint, request.At)} in row {found.OnlyPoint + 1} has a decimal point",
                $"Write all numbers of the column in one format, or declare it categorical with --categorical {name}.");
        }

        var isDate = request.Dates && dates.Count > numbers.Count;
        var (tally, kind, what) = isDate ? (dates, ReadAs.Dates, "dates") : (numbers, ReadAs.Numbers, "numbers");
        var strings = found.Present - tally.Count;
        if (strings > 0 && AreErrors(strings, tally.Count)) return Error(tally, strings, what);
        if (strings > 0) return Categories(tally, strings, what);
        if (!isDate && numbers.OtherUnit >= 0 && numbers.HasLetters && request.Kind is null)
        {
            return new Outcome<Verdict>.Ok(new(ReadAs.Categories, TextFormat.Usual with { Missing = options.Missing }), [new(
                $"column '{name}'",
                $"is read as categories: its numbers have different units, '{numbers.Unit}' "
                    + $"and that of {text.Quote(numbers.OtherUnit, request.At)} in row {numbers.OtherUnit + 1}")]);
        }

        if (!isDate && numbers.OtherUnit >= 0)
        {
            return Refuse(
                numbers.OtherUnit,
                $"in a column whose other values have the sign '{numbers.Unit}'",
                $"Write all values of the column in one format, or declare it categorical with --categorical {name}.");
        }

        if (!isDate && numbers.FirstTooLarge >= 0) return TooLarge(text, request.At, numbers.FirstTooLarge);
        var format = new TextFormat(mark, !isDate && numbers.IsGrouped, isDate ? "" : numbers.Unit, options.Missing);
        return new Outcome<Verdict>.Ok(new(kind, format, order), isDate ? DateNotes(order, dates) : NumberNotes(mark));
    }

    /// <summary>The failure for a number that is too large.</summary>
    public static Outcome<Verdict> TooLarge(TableText text, int at, int row) => Outcome.Fail<Verdict>(
        text.Where(row, at), $"{text.Quote(row, at)} is too large",
            "Give a finite number of magnitude at most 1e100, or leave the cell empty.");

    // A few strings among many numbers are errors. Titanic's tickets, a quarter of which are not numbers, are categories.
    private static bool AreErrors(int strings, int others) => strings <= Math.Max(1, 0.05 * (others + strings)) && others >= 2 * strings;

    // Both decimal marks occur, and everything else is a number, except for a few errors.
    private bool HasBothMarks => found is { OnlyPoint: >= 0, OnlyComma: >= 0 }
        && (found.Present == found.Either || AreErrors(found.Present - found.Either, found.Either));

    private DecimalMark Mark() => options.Decimal
        ?? (found.Comma.Count != found.Point.Count ? found.Comma.Count > found.Point.Count ? DecimalMark.Comma : DecimalMark.Point
            : found.Ambiguous is not null && marks.SuggestComma ? DecimalMark.Comma
            : DecimalMark.Point);

    private DateOrder Order()
    {
        var best = found.BestOrder;
        var alike = found.Dates(DateOrder.DayFirst).Count == found.Dates(DateOrder.MonthFirst).Count;
        return best is DateOrder.DayFirst or DateOrder.MonthFirst && alike
            ? options.Dates ?? (marks.SuggestComma ? DateOrder.DayFirst : DateOrder.MonthFirst)
            : best;
    }

    private EquatableArray<Note> NumberNotes(DecimalMark mark)
    {
        if (options.Decimal is not null || found.Ambiguous is not { } seen || found is { OnlyPoint: >= 0 } or { OnlyComma: >= 0 })
            return default;
        var (read, otherwise, option) = mark == DecimalMark.Point
            ? (seen.ByPoint, seen.ByComma, "comma") : (seen.ByComma, seen.ByPoint, "point");
        return [new($"column '{name}'",
            $"'{seen.Text}' is read as {Word.Of(read)}; if it means {Word.Of(otherwise)}, pass --decimal {option}")];
    }

    private EquatableArray<Note> DateNotes(DateOrder order, TextEvidence.Tally dates)
    {
        var notes = new List<Note>();
        var other = order == DateOrder.DayFirst ? DateOrder.MonthFirst : DateOrder.DayFirst;
        if (options.Dates is null && order is DateOrder.DayFirst or DateOrder.MonthFirst
            && found.Dates(other).Count == dates.Count && found.AmbiguousDay is { } day)
        {
            notes.Add(new(
                $"column '{name}'",
                $"'{day}' may have the day or the month first, and no other cell decides it; it is read {order.Text()} "
                    + $"(to change it, pass --dates {other.Option()})"));
        }

        if (found.WithOffset > 0 && found.WithOffset < dates.Count)
        {
            notes.Add(new(
                $"column '{name}'",
                $"{found.WithOffset} of {dates.Count} times have an offset from universal time; the others are read as universal time"));
        }

        return EquatableArray.From(notes);
    }

    private Outcome<Verdict> Error(TextEvidence.Tally tally, int strings, string what) => Outcome.Fail<Verdict>(
        text.Where(tally.FirstMiss, request.At),
        $"{text.Quote(tally.FirstMiss, request.At)} in a column whose other {tally.Count} values are "
            + $"{what}{(strings == 1 ? "" : $" (and {strings - 1} more like it)")}",
        $"Correct the cell, leave it empty, pass --missing {text.Quote(tally.FirstMiss, request.At)}, "
            + $"or declare the column categorical with --categorical {name}.");

    private Outcome<Verdict> Categories(TextEvidence.Tally tally, int strings, string what) => new Outcome<Verdict>.Ok(
        new(ReadAs.Categories, TextFormat.Usual with { Missing = options.Missing }),
        tally.Count == 0 ? default : [new(
            $"column '{name}'",
            $"is read as categories: {tally.Count} of {found.Present} values are {what}, but {strings} are not, such as "
                + $"{text.Quote(tally.FirstMiss, request.At)} "
                + $"in row {tally.FirstMiss + 1}; if these are missing values, pass --missing {text.Quote(tally.FirstMiss, request.At)}")]);

    private Outcome<Verdict> Refuse(int row, string what, string remedy) =>
        Outcome.Fail<Verdict>(text.Where(row, request.At), $"{text.Quote(row, request.At)} {what}", remedy);
}
