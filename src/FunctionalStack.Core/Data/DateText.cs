using System.Globalization;

namespace FunctionalStack;

/// <summary>A parsed date.</summary>
/// <param name="Seconds">
/// Seconds since the beginning of 1970: in UTC if an offset is given, otherwise local. Seconds since midnight for a time without a date.
/// </param>
/// <param name="HasOffset">Whether an offset from UTC, or Z, is given.</param>
internal readonly record struct ReadDate(double Seconds, bool HasOffset);

/// <summary>
/// Parses dates in common notations: numbers in one order, or an English month name, optionally with a time of day and
/// its offset from UTC.
/// </summary>
internal static class DateText
{
    // Beyond these an offset leads out of the years 1 to 9999.
    private static readonly double Earliest = (DateTime.MinValue - DateTime.UnixEpoch).TotalSeconds;
    private static readonly double Latest = (DateTime.MaxValue - DateTime.UnixEpoch).TotalSeconds - 1;

    private const int Longest = 48;
    private static readonly string[] months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

    public static bool TryRead(ReadOnlySpan<char> text, DateOrder order, out ReadDate read)
    {
        read = default;
        text = text.Trim();
        if (text.Length is < 4 or > Longest || !char.IsAsciiLetterOrDigit(text[0])) return false;
        if (order == DateOrder.TimeOnly)
        {
            if (!TryTime(ref text, out var time) || !text.IsEmpty) return false;
            read = new(time, false);
            return true;
        }

        if (!TryDay(ref text, order, out var day)) return false;
        var seconds = (day - DateTime.UnixEpoch).TotalSeconds;
        if (text.IsEmpty)
        {
            read = new(seconds, false);
            return true;
        }

        if (text[0] is 'T' or 't') text = text[1..];
        else if (text[0] is ' ' or ',') text = text.TrimStart(" ,");
        else return false;
        if (!TryTime(ref text, out var clock) || !TryOffset(text, out var offset)) return false;
        var moment = seconds + clock - (offset ?? 0);
        if (moment < Earliest || moment > Latest) return false;
        read = new(moment, offset is not null);
        return true;
    }

    private static bool TryDay(ref ReadOnlySpan<char> text, DateOrder order, out DateTime day)
    {
        day = default;
        if (char.IsAsciiLetter(text[0]))
        {
            return TryNamedMonth(ref text, out var named) && TrySpace(ref text) && TryNumber(ref text, 1, 2, out var on)
                && TrySpace(ref text) && TryNumber(ref text, 4, 4, out var of) && TryMake(of, named, on, out day);
        }

        if (TryNumber(ref text, 8, 8, out var compact)) return text is ['T' or 't', ..]
            && TryMake(compact / 10000, compact / 100 % 100, compact % 100, out day);
        // A year in front is unambiguous, so a column of any order may have such dates.
        if (TryNumber(ref text, 4, 4, out var year)) return TryAfterYear(ref text, year, out day);
        var before = text.Length;
        if (!TryNumber(ref text, 1, 2, out var first) || text.IsEmpty) return false;
        var long1 = before - text.Length == 2;
        if (text[0] is ' ' or '-' or '/' or '.' && text.Length > 1 && char.IsAsciiLetter(text[1])) text = text[1..];
        if (char.IsAsciiLetter(text[0]))
        {
            return TryNamedMonth(ref text, out var month) && TrySpace(ref text) && TryNumber(ref text, 4, 4, out year)
                && TryMake(year, month, first, out day);
        }

        var separator = text[0];
        if (order == DateOrder.YearFirst || separator is not ('.' or '/' or '-')
            || (separator == '.' && order == DateOrder.MonthFirst)) return false;
        text = text[1..];
        before = text.Length;
        if (!TryNumber(ref text, 1, 2, out var second) || text.IsEmpty || text[0] != separator) return false;
        var long2 = before - text.Length == 2;
        text = text[1..];

        // Two-digit years from 70 on belong to the last century. 1.2.10 is rather a version number.
        if (!TryNumber(ref text, 4, 4, out year))
        {
            if (!long1 || !long2 || !TryNumber(ref text, 2, 2, out year)) return false;
            year += year < 70 ? 2000 : 1900;
        }

        return order == DateOrder.DayFirst ? TryMake(year, second, first, out day) : TryMake(year, first, second, out day);
    }

    private static bool TryAfterYear(ref ReadOnlySpan<char> text, int year, out DateTime day)
    {
        day = default;
        if (text.IsEmpty || text[0] is not ('-' or '/' or '.')) return false;
        var separator = text[0];
        text = text[1..];
        if (!TryNumber(ref text, 1, 2, out var month)) return false;
        if (text.IsEmpty) return separator != '.' && TryMake(year, month, 1, out day);
        if (text[0] != separator) return false;
        text = text[1..];
        return TryNumber(ref text, 1, 2, out var on) && TryMake(year, month, on, out day);
    }

    private static bool TryTime(ref ReadOnlySpan<char> text, out double seconds)
    {
        seconds = 0;
        var second = 0;
        if (!TryNumber(ref text, 1, 2, out var hour) || !TryColon(ref text) || !TryNumber(ref text, 2, 2, out var minute)) return false;
        if (TryColon(ref text) && !TryNumber(ref text, 2, 2, out second)) return false;
        var fraction = 0.0;
        if (text is ['.' or ',', ..])
        {
            var digits = text[1..];
            var length = digits.IndexOfAnyExceptInRange('0', '9') is var end and >= 0 ? end : digits.Length;
            if (length is 0 or > 9) return false;
            fraction = int.Parse(digits[..length], NumberStyles.None, CultureInfo.InvariantCulture) / Math.Pow(10, length);
            text = digits[length..];
        }

        var half = text.TrimStart();
        if (half.StartsWith("am", StringComparison.OrdinalIgnoreCase) || half.StartsWith("pm", StringComparison.OrdinalIgnoreCase))
        {
            if (hour is 0 or > 12) return false;
            hour = hour % 12 + (half[0] is 'p' or 'P' ? 12 : 0);
            text = half[2..];
        }

        seconds = hour * 3600 + minute * 60 + second + fraction;
        return hour < 24 && minute < 60 && second < 60;
    }

    // Empty, Z, UTC, GMT, +02, +0200 or +02:00.
    private static bool TryOffset(ReadOnlySpan<char> text, out double? seconds)
    {
        seconds = null;
        text = text.Trim();
        if (text.IsEmpty) return true;
        if (text is "Z" or "z" or "UTC" or "GMT")
        {
            seconds = 0;
            return true;
        }

        if (text[0] is not ('+' or '-' or '\u2212')) return false;
        var sign = text[0] == '+' ? 1 : -1;
        text = text[1..];
        var minute = 0;
        if (!TryNumber(ref text, 4, 4, out var both))
        {
            if (!TryNumber(ref text, 2, 2, out both)) return false;
            both *= 100;
            if (TryColon(ref text) && !TryNumber(ref text, 2, 2, out minute)) return false;
        }

        minute += both % 100;
        seconds = sign * (both / 100 * 3600 + minute * 60);
        return text.IsEmpty && both / 100 <= 14 && minute < 60;
    }

    private static bool TryNamedMonth(ref ReadOnlySpan<char> text, out int month)
    {
        var length = text.IndexOfAnyExcept(letters) is var end and >= 0 ? end : text.Length;
        var name = text[..length];
        month = 0;
        if (length < 3) return false;
        for (var i = 0; i < months.Length && month == 0; i++)
        {
            if (name.StartsWith(months[i], StringComparison.OrdinalIgnoreCase) && IsNameOf(i + 1, name)) month = i + 1;
        }

        text = text[length..];
        if (text is ['.', ..]) text = text[1..];
        return month > 0;
    }

    private static bool IsNameOf(int month, ReadOnlySpan<char> name) => name.Length == 3 || (month == 9 && name.Length == 4)
        || name.Equals(CultureInfo.InvariantCulture.DateTimeFormat.GetMonthName(month), StringComparison.OrdinalIgnoreCase);

    private static readonly System.Buffers.SearchValues<char> letters =
        System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

    private static bool TrySpace(ref ReadOnlySpan<char> text)
    {
        text = text.TrimStart(" ,-/");
        return true;
    }

    private static bool TryColon(ref ReadOnlySpan<char> text)
    {
        if (text is not [':', ..]) return false;
        text = text[1..];
        return true;
    }

    // Reads from least to most digits. A further digit is an error.
    private static bool TryNumber(ref ReadOnlySpan<char> text, int least, int most, out int number)
    {
        number = 0;
        var length = 0;
        while (length < text.Length && length <= most && char.IsAsciiDigit(text[length])) length++;
        if (length < least || length > most) return false;
        foreach (var digit in text[..length]) number = number * 10 + (digit - '0');
        text = text[length..];
        return true;
    }

    private static bool TryMake(int year, int month, int day, out DateTime made)
    {
        made = default;
        if (year is < 1 or > 9999 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)) return false;
        made = new(year, month, day, 0, 0, 0, DateTimeKind.Utc);
        return true;
    }
}
