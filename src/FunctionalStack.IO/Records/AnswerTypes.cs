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
            if (Convert(levels[level], typeof(T)) is not T answer)
            {
                return Outcome.Fail<EquatableArray<T>>("the target", $"has the class '{levels[level]}', which is no {typeof(T).Name}",
                    $"Request string answers, or an enum or number of these classes: {Listed.Some([.. levels])}.");
            }

            answers[level] = answer;
        }

        return Outcome.Ok(EquatableArray.Own(answers));
    }

    /// <summary>The conversion of predicted values; a failure if the type is not one of decimal numbers.</summary>
    public static Outcome<Func<double, T>> OfValues<T>() =>
        typeof(T) == typeof(double) ? Outcome.Ok((Func<double, T>)(object)(Func<double, double>)(value => value))
        : typeof(T) == typeof(float) ? Outcome.Ok((Func<double, T>)(object)(Func<double, float>)(value => (float)value))
        : typeof(T) == typeof(decimal) ? Outcome.Ok((Func<double, T>)(object)(Func<double, decimal>)(value => (decimal)value))
        : Outcome.Fail<Func<double, T>>("the target", $"is numeric, and its predictions are no {typeof(T).Name}",
            "Request double, float or decimal answers.");

    private static object? Convert(string level, Type type) =>
        type == typeof(string) ? level
        : type == typeof(bool) ? Word.Truth(level) ?? (Word.Number(level) is 0.0 or 1.0 ? Word.Number(level) == 1 : null)
        : type == typeof(char) ? level.Length == 1 ? level[0] : null
        : type.IsEnum ? Enum.IsDefined(type, level) ? Enum.Parse(type, level) : null
        : Readings.IsNumber(type) && Word.Number(level) is { } number ? Number(number, type)
        : null;

    private static object? Number(double number, Type type)
    {
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
