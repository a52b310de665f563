namespace FunctionalStack;

/// <summary>What stands between the whole part of a number and its fraction.</summary>
public enum DecimalMark
{
    Point,
    Comma,
}

/// <summary>How the text of a column is read: decided once, from the training rows, and kept in the model's schema.</summary>
/// <param name="Decimal">The decimal mark of numbers.</param>
/// <param name="Grouped">Whether the other of point and comma stands between thousands.</param>
/// <param name="Unit">The percent or currency sign, or the unit, beside the numbers; empty where there is none.</param>
/// <param name="Missing">Spellings of a missing value besides those of <see cref="MissingText"/>.</param>
/// <param name="Date">The date that the column is a part of; null where it is none.</param>
public sealed record TextFormat(
    DecimalMark Decimal = DecimalMark.Point,
    bool Grouped = false,
    string Unit = "",
    EquatableArray<string> Missing = default,
    DateSource? Date = null)
{
    /// <summary>A decimal point, no thousands separators, no unit, and the usual spellings of missing.</summary>
    public static TextFormat Usual { get; } = new();

    /// <summary>The number that a text is in this format; NaN where it is missing, null where it is none.</summary>
    /// <remarks>
    /// A lone separator that could be the decimal mark of another format (<c>1,234</c>) is taken only where training had
    /// thousands separators, and a percent sign only where it had one.
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

    /// <summary>In words, for notes and errors: <c>decimal comma, thousands separated, in €</c>.</summary>
    public override string ToString() => Date is { } date
        ? $"{date.Part.Word()} of '{date.Column}'"
        : string.Join(", ", new[]
        {
            Decimal == DecimalMark.Comma ? "decimal comma" : "decimal point",
            Grouped ? "thousands separated" : "",
            Unit.Length > 0 ? $"in {Unit}" : "",
        }.Where(part => part.Length > 0));
}
