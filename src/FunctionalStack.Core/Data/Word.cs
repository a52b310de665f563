using System.Globalization;

namespace FunctionalStack;

/// <summary>What a word says as a number and as truth.</summary>
internal static class Word
{
    /// <summary>The shortest text that reads as the number, in invariant notation.</summary>
    public static string Of(double number) => number.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>The finite number that a word is in invariant notation; null where it is none.</summary>
    public static double? Number(string word) =>
        double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    /// <summary>True or false, in any case; null for other words.</summary>
    public static bool? Truth(string word) =>
        string.Equals(word, bool.TrueString, StringComparison.OrdinalIgnoreCase) ? true
        : string.Equals(word, bool.FalseString, StringComparison.OrdinalIgnoreCase) ? false
        : null;
}
