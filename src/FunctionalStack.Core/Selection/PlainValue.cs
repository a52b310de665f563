using System.Collections;
using System.Globalization;
using System.Text.Json;

namespace FunctionalStack;

/// <summary>Converts the plain values of a search space to the types of parameters.</summary>
internal static class PlainValue
{
    /// <summary>The value as this type. Fails if it is of another kind.</summary>
    public static Outcome<object?> As(Type type, object? value)
    {
        var wanted = Nullable.GetUnderlyingType(type) ?? type;
        // Original columns that are passed through: all of them, or none.
        if (wanted == typeof(ITransform) && value is null or bool) return Outcome.Ok<object?>(value is true ? new Identity() : null);
        if (value is null)
        {
            return wanted != type ? Outcome.Ok<object?>(null) : No(value, wanted);
        }

        if (wanted.IsInstanceOfType(value)) return Outcome.Ok<object?>(value);
        if (wanted == typeof(double)) return IsNumber(value) ? Outcome.Ok<object?>(Number(value)) : No(value, wanted);
        if (IsWhole(wanted))
        {
            return IsNumber(value) && Number(value) is var number && number == Math.Floor(number) && Math.Abs(number) <= int.MaxValue
                ? Outcome.Ok<object?>(Convert.ChangeType(value, wanted, CultureInfo.InvariantCulture))
                : No(value, wanted);
        }

        if (wanted.IsEnum)
        {
            return Enum.GetValues(wanted).Cast<object>().FirstOrDefault(member => NameOf(member) == value as string) is { } named
                ? Outcome.Ok<object?>(named)
                : No(value, wanted);
        }

        if (wanted.IsGenericType && wanted.GetGenericTypeDefinition() == typeof(EquatableArray<>) && value is IEnumerable list
            && value is not string)
        {
            var element = wanted.GetGenericArguments()[0];
            return Outcome.All(list.Cast<object?>().Select(item => As(element, item))).Map<object?>(items =>
                Call(nameof(ListOf), element, items));
        }

        return wanted.GetInterfaces().Any(one => one.IsGenericType && one.GetGenericTypeDefinition() == typeof(IParsable<>))
            && wanted != typeof(string) && wanted != typeof(bool) && Call(nameof(Parsed), wanted, Text(value)) is { } parsed
            ? Outcome.Ok<object?>(parsed)
            : No(value, wanted);
    }

    /// <summary>The value of a parameter of this type as it is written in a space: whether original columns are passed through, otherwise
    /// the value itself.</summary>
    public static object? Of(Type type, object? value) =>
        type == typeof(ITransform) && value is null or Identity ? value is Identity : value;

    /// <summary>Whether parameters of this type take whole numbers only.</summary>
    public static bool IsWhole(Type type) => (Nullable.GetUnderlyingType(type) ?? type) is var wanted
        && (wanted == typeof(int) || wanted == typeof(long));

    /// <summary>Whether parameters of this type are numbers.</summary>
    public static bool IsNumeric(Type type) => IsWhole(type) || (Nullable.GetUnderlyingType(type) ?? type) == typeof(double);

    private static bool IsNumber(object value) =>
        value is sbyte or byte or short or ushort or int or uint or long or float or double or decimal;

    private static double Number(object value) => Convert.ToDouble(value, CultureInfo.InvariantCulture);

    // 1.0 stays distinct from 1, which differ where a number is either a count or a share.
    private static string Text(object value) => value is double number && number == Math.Floor(number)
        ? number.ToString("0.0", CultureInfo.InvariantCulture)
        : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";

    private static string NameOf(object member) => JsonNamingPolicy.CamelCase.ConvertName(member.ToString()!);

    private static object? Call(string method, Type type, object argument) => typeof(PlainValue)
        .GetMethod(method, System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static)!
        .MakeGenericMethod(type).Invoke(null, [argument]);

    private static EquatableArray<T> ListOf<T>(EquatableArray<object?> items) => EquatableArray.From(items.Select(item => (T)item!));

    private static object? Parsed<T>(string text) where T : IParsable<T> =>
        T.TryParse(text, CultureInfo.InvariantCulture, out var value) ? value : null;

    private static Outcome<object?> No(object? value, Type wanted) => Outcome.Fail<object?>(
        "", $"the value {new Setting("", value).Text} is not {Kind(wanted)}", Remedy(wanted));

    private static string Kind(Type wanted) =>
        IsWhole(wanted) ? "a whole number"
        : wanted == typeof(double) ? "a number"
        : wanted == typeof(bool) ? "true or false"
        : wanted == typeof(string) ? "text"
        : wanted == typeof(ILearner) ? "a learner"
        : wanted == typeof(ITransform) ? "true or false"
        : wanted == typeof(FoldPlan) ? "a fold plan; folds.k is its number of folds"
        : wanted.IsEnum ? $"one of {string.Join(", ", Enum.GetValues(wanted).Cast<object>().Select(NameOf))}"
        : wanted.IsGenericType ? $"a list, each item {Kind(wanted.GetGenericArguments()[0])}"
        : $"a {wanted.Name}";

    private static string Remedy(Type wanted) => $"Give values of the parameter's type: {Kind(wanted)}.";
}
