using System.Globalization;

namespace FunctionalStack;

/// <summary>Conversions between text, numbers and booleans.</summary>
internal static class Word
{
    /// <summary>The shortest text that parses as the number, in invariant notation.</summary>
    public static string Of(double number) => number.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>The finite number that a text holds in invariant notation; null if it is not a number.</summary>
    public static double? Number(string word) =>
        double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    /// <summary>True or false, in any case; null for other text.</summary>
    public static bool? Truth(string word) =>
        string.Equals(word, bool.TrueString, StringComparison.OrdinalIgnoreCase) ? true
        : string.Equals(word, bool.FalseString, StringComparison.OrdinalIgnoreCase) ? false
        : null;
}
