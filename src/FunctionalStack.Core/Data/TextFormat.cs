namespace FunctionalStack;

/// <summary>The decimal separator of numbers.</summary>
public enum DecimalMark
{
    /// <summary>A decimal point: 1.5.</summary>
    Point,
    /// <summary>A decimal comma: 1,5.</summary>
    Comma,
}

/// <summary>How the text of a column is parsed. Determined once, from the training rows, and kept in the model's schema.</summary>
/// <param name="Decimal">The decimal separator.</param>
/// <param name="Grouped">Whether the other one of point and comma separates thousands.</param>
/// <param name="Unit">The percent or currency sign, or the unit, next to the numbers; empty for none.</param>
/// <param name="Missing">Spellings of a missing value in addition to those of <see cref="MissingText"/>.</param>
/// <param name="Date">The date that the column is a part of; null for other columns.</param>
public sealed record TextFormat(
    DecimalMark Decimal = DecimalMark.Point,
    bool Grouped = false,
    string Unit = "",
    EquatableArray<string> Missing = default,
    DateSource? Date = null)
{
    /// <summary>A decimal point, no thousands separators, no unit, and the default spellings of missing values.</summary>
    public static TextFormat Usual { get; } = new();

    /// <summary>Parses a number in this format: NaN if it is missing, null if it is not a number.</summary>
    /// <remarks>
    /// A single separator that could be the decimal mark of another format (<c>1,234</c>) is accepted only if the training data had
    /// thousands separators, and a percent sign only if the training data had one.
    /// </remarks>
    public double? Number(ReadOnlySpan<char> text)
    {
        if (Missing.Count > 0 && MissingText.InNumbers(text, Missing)) return double.NaN;
        if (NumberText.TryRead(text, Decimal, out var read))
        {
            var fits = Unit == read.Unit || (read.Unit.Length == 0 && NumberText.TakesBare(Unit))
                || (read.Value == 0 && read.Unit.Length == 0);
            return !fits || (read.IsAmbiguous && !Grouped) ? null : MissingText.IsNumber(read.Value, Missing) ? double.NaN : read.Value;
        }

        return MissingText.InNumbers(text, Missing) ? double.NaN : null;
    }

    /// <summary>The source of a column with this format: its own name, or the date column that it is a part of.</summary>
    internal string SourceOf(string name) => Date?.Column ?? name;

    /// <summary>A description for notes and errors: <c>decimal comma, thousands separated, in €</c>.</summary>
    public override string ToString() => Date is { } date
        ? $"{date.Part.Word()} of '{date.Column}'"
        : string.Join(", ", new[]
        {
            Decimal == DecimalMark.Comma ? "decimal comma" : "decimal point",
            Grouped ? "thousands separated" : "",
            Unit.Length > 0 ? $"in {Unit}" : "",
        }.Where(part => part.Length > 0));
}
