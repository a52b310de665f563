using System.Collections;
using System.Text.Json;

namespace FunctionalStack.IO;

/// <summary>Parameter values in JSON: numbers, truth values, words and lists of these. An allowlist like that of model files.</summary>
internal static class SpecValue
{
    public static bool Carries(Type type) => Nullable.GetUnderlyingType(type) is { } underlying
        ? Carries(underlying)
        : type == typeof(bool) || type == typeof(int) || type == typeof(long) || type == typeof(double) || type == typeof(string) || type.IsEnum
            || (Element(type) is { } element && Carries(element));

    public static object? Read(SpecJson json, Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } underlying) return json.IsNull ? null : Read(json, underlying);
        if (type == typeof(bool)) return json.Truth();
        if (type == typeof(int)) return json.Int();
        if (type == typeof(long)) return json.Long();
        if (type == typeof(double)) return json.Number();
        if (type == typeof(string)) return json.Text();
        if (type.IsEnum) return json.Word(type);
        return typeof(SpecValue).GetMethod(nameof(ReadList), System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static)!
            .MakeGenericMethod(Element(type)!).CreateDelegate<Func<SpecJson, object>>()(json);
    }

    public static void Write(Utf8JsonWriter to, object? value)
    {
        switch (value)
        {
            case null: to.WriteNullValue(); break;
            case bool truth: to.WriteBooleanValue(truth); break;
            case int number: to.WriteNumberValue(number); break;
            case long number: to.WriteNumberValue(number); break;
            case double number when double.IsFinite(number): to.WriteNumberValue(number); break;
            case double number: throw new Refusal($"JSON has no {number}", "Give finite numbers.");
            case string text: to.WriteStringValue(text); break;
            case Enum word: to.WriteStringValue(Word(word)); break;
            case IEnumerable list:
                to.WriteStartArray();
                foreach (var item in list) Write(to, item);
                to.WriteEndArray();
                break;
            default: throw new InvalidOperationException();
        }
    }

    /// <summary>An enum member as specs write it.</summary>
    public static string Word(Enum member) => JsonNamingPolicy.CamelCase.ConvertName(member.ToString());

    private static Type? Element(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Values<>) ? type.GetGenericArguments()[0] : null;

    private static object ReadList<T>(SpecJson json) => Values.From(json.Items().Select(item => (T)Read(item, typeof(T))!));
}
