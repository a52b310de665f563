namespace FunctionalStack.IO;

/// <summary>
/// The second scan of a column, if some cells are not plain numbers: the number of cells that each format reads as a number or a
/// date. Mutable; for use inside one function.
/// </summary>
internal sealed class TextEvidence(TextOptions options)
{
    private static readonly DateOrder[] orders = Enum.GetValues<DateOrder>();
    // Most columns of strings have few different values: each value is parsed once.
    private const int MostStrings = 4096;

    private readonly HashSet<byte[]> strings = new(new Utf8Comparer());
    private readonly Tally[] dates = [.. orders.Select(_ => new Tally())];

    /// <summary>The number of cells that are not missing.</summary>
    public int Present { get; private set; }

    public Tally Point { get; } = new();

    public Tally Comma { get; } = new();

    /// <summary>The number of cells that are a number with either decimal mark.</summary>
    public int Either { get; private set; }

    /// <summary>The first row that is a number with only one decimal mark.</summary>
    public int OnlyPoint { get; private set; } = -1;

    public int OnlyComma { get; private set; } = -1;

    /// <summary>The first cell that is a different number with the other decimal mark: its text and both values.</summary>
    public (string Text, double ByPoint, double ByComma)? Ambiguous { get; private set; }

    public Spellings Missing { get; } = new();

    /// <summary>The number of times with an offset from universal time.</summary>
    public int WithOffset { get; private set; }

    /// <summary>The first text that is a different day with the month first than with the day first.</summary>
    public string? AmbiguousDay { get; private set; }

    public Tally Dates(DateOrder order) => dates[(int)order];

    /// <summary>The order that reads most cells; ties go to the first.</summary>
    public DateOrder BestOrder => orders.MaxBy(order => Dates(order).Count);

    public void Add(int row, ReadOnlySpan<byte> cell)
    {
        var known = strings.GetAlternateLookup<ReadOnlySpan<byte>>();
        if (known.Contains(cell))
        {
            Present++;
            return;
        }

        Span<char> buffer = stackalloc char[Cell.Longest];
        var text = Cell.Chars(cell, buffer).Trim();
        if (MissingText.InNumbers(text, options.Missing) || IsMissingNumber(text))
        {
            Missing.Add(cell);
            return;
        }

        Present++;
        var byPoint = TryNumber(DecimalMark.Point, Point, row, text, out var point);
        var byComma = TryNumber(DecimalMark.Comma, Comma, row, text, out var comma);
        if (byPoint || byComma) Either++;
        if (byPoint && !byComma && OnlyPoint < 0) OnlyPoint = row;
        if (byComma && !byPoint && OnlyComma < 0) OnlyComma = row;
        if (byPoint && byComma && point.Value != comma.Value) Ambiguous ??= (text.ToString(), point.Value, comma.Value);
        if (!byPoint && !byComma && !AddDate(row, text) && strings.Count < MostStrings) known.Add(cell);
        if (!byPoint && !byComma) return;
        foreach (var tally in dates) tally.Miss(row);
    }

    // Counted for each decimal mark; if they give different numbers, the column as a whole decides later.
    private bool IsMissingNumber(ReadOnlySpan<char> text)
    {
        if (options.Missing.Count == 0) return false;
        var byPoint = options.Decimal != DecimalMark.Comma && NumberText.TryRead(text, DecimalMark.Point, out var point)
            ? point.Value : (double?)null;
        var byComma = options.Decimal != DecimalMark.Point && NumberText.TryRead(text, DecimalMark.Comma, out var comma)
            ? comma.Value : (double?)null;
        return (byPoint ?? byComma) is { } number && (byComma ?? number) == number && MissingText.IsNumber(number, options.Missing);
    }

    private bool TryNumber(DecimalMark mark, Tally tally, int row, ReadOnlySpan<char> text, out ReadNumber number)
    {
        number = default;
        if ((options.Decimal ?? mark) != mark || !NumberText.TryRead(text, mark, out number))
        {
            tally.Miss(row);
            return false;
        }

        tally.Add(row, number);
        return true;
    }

    private bool AddDate(int row, ReadOnlySpan<char> text)
    {
        var (offset, any) = (false, false);
        Span<double> seconds = stackalloc double[orders.Length];
        foreach (var order in orders)
        {
            seconds[(int)order] = double.NaN;
            if (DateText.TryRead(text, order, out var date))
            {
                Dates(order).Add(row);
                any = true;
                seconds[(int)order] = date.Seconds;
                offset |= date.HasOffset;
            }
            else
            {
                Dates(order).Miss(row);
            }
        }

        if (offset) WithOffset++;
        var (day, month) = (seconds[(int)DateOrder.DayFirst], seconds[(int)DateOrder.MonthFirst]);
        if (AmbiguousDay is null && !double.IsNaN(day) && !double.IsNaN(month) && day != month) AmbiguousDay = text.ToString();
        return any;
    }

    /// <summary>The number of cells that one format reads.</summary>
    internal sealed class Tally
    {
        public int Count { get; private set; }

        public int FirstMiss { get; private set; } = -1;

        public int FirstTooLarge { get; private set; } = -1;

        public bool IsGrouped { get; private set; }

        /// <summary>The unit beside the numbers; empty if there is none.</summary>
        public string Unit { get; private set; } = "";

        /// <summary>A row with another unit or, for percentages and units in letters, with none.</summary>
        public int OtherUnit { get; private set; } = -1;

        /// <summary>Whether a unit is written in letters.</summary>
        public bool HasLetters { get; private set; }

        private int firstBare = -1;

        public void Miss(int row)
        {
            if (FirstMiss < 0) FirstMiss = row;
        }

        public void Add(int row) => Count++;

        public void Add(int row, ReadNumber number)
        {
            Count++;
            IsGrouped |= number.IsGrouped;
            if (FirstTooLarge < 0 && Math.Abs(number.Value) > Cell.Largest) FirstTooLarge = row;
            if (number.Unit.Length == 0)
            {
                if (firstBare < 0 && number.Value != 0) firstBare = row;
            }
            else if (Unit.Length == 0)
            {
                Unit = number.Unit;
            }
            else if (Unit != number.Unit && OtherUnit < 0)
            {
                OtherUnit = row;
            }

            HasLetters |= number.Unit.Length > 0 && char.IsLetter(number.Unit[0]);
            if (!NumberText.TakesBare(Unit) && firstBare >= 0 && OtherUnit < 0) OtherUnit = firstBare;
        }
    }
}
