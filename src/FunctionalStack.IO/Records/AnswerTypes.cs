using System.Globalization;

namespace FunctionalStack.IO;

/// <summary>Converts predicted classes and values to the type of an answer.</summary>
internal static class AnswerTypes
{
    /// <summary>The answer for each class. Fails if one of them is no value of the type.</summary>
    public static Outcome<EquatableArray<T>> OfClasses<T>(EquatableArray<string> levels)
    {
        var answers = new T[levels.Count];
        for (var level = 0; level < answers.Length; level++)
        {
            if (Convert(levels[level], Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T)) is not T answer)
            {
                return Outcome.Fail<EquatableArray<T>>("the target", $"has the class '{levels[level]}', which is no {Name<T>()}",
                    $"Request string answers, or an enum or number of these classes: {Listed.Some([.. levels])}.");
            }

            if (Array.IndexOf(answers, answer, 0, level) is var same and >= 0)
            {
                return Outcome.Fail<EquatableArray<T>>("the target",
                    $"has the classes '{levels[same]}' and '{levels[level]}', which are the same {Name<T>()}",
                        "Request string answers.");
            }

            answers[level] = answer;
        }

        return Outcome.Ok(EquatableArray.Own(answers));
    }

    /// <summary>The conversion of predicted values, which returns false for a value beyond the range of the type. A failure if the type is
    /// not one of decimal numbers.</summary>
    public static Outcome<FromValue<T>> OfValues<T>() =>
        typeof(T) == typeof(double) ? Outcome.Ok((FromValue<T>)(object)(FromValue<double>)AsDouble)
        : typeof(T) == typeof(float) ? Outcome.Ok((FromValue<T>)(object)(FromValue<float>)AsFloat)
        : typeof(T) == typeof(decimal) ? Outcome.Ok((FromValue<T>)(object)(FromValue<decimal>)AsDecimal)
        : Outcome.Fail<FromValue<T>>("the target", $"is numeric, and its predictions are no {Name<T>()}",
            "Request double, float or decimal answers.");

    private static string Name<T>() => Nullable.GetUnderlyingType(typeof(T)) is { } type ? $"{type.Name}?" : typeof(T).Name;

    private static bool AsDouble(double value, out double answer)
    {
        answer = value;
        return true;
    }

    private static bool AsFloat(double value, out float answer)
    {
        answer = (float)value;
        return float.IsFinite(answer) || !double.IsFinite(value);
    }

    private static bool AsDecimal(double value, out decimal answer)
    {
        // A decimal is below 7.92e28.
        var fits = Math.Abs(value) < 7.9e28;
        answer = fits ? (decimal)value : 0;
        return fits;
    }

    private static object? Convert(string level, Type type) =>
        type == typeof(string) ? level
        : type == typeof(bool) ? Word.Truth(level) ?? (Word.Number(level) is 0.0 or 1.0 ? Word.Number(level) == 1 : null)
        : type == typeof(char) ? level.Length == 1 ? level[0] : null
        : type.IsEnum ? Enum.IsDefined(type, level) ? Enum.Parse(type, level) : null
        : Readings.IsNumber(type) && Word.Number(level) is { } number ? Number(number, type)
        : null;

    // From 2^53 on, whole numbers are rounded to others.
    private static object? Number(double number, Type type)
    {
        if (Math.Abs(number) >= 1L << 53) return type == typeof(double) ? number : null;
        try
        {
            var converted = System.Convert.ChangeType(number, type, CultureInfo.InvariantCulture);
            return System.Convert.ToDouble(converted, CultureInfo.InvariantCulture).Equals(number) ? converted : null;
        }
        catch (OverflowException)
        {
            return null;
        }
    }
}

/// <summary>Converts a predicted value; false if it is beyond the range of the type.</summary>
internal delegate bool FromValue<T>(double value, out T answer);
