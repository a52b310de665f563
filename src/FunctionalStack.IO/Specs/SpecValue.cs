using System.Collections;
using System.Globalization;
using System.Text.Json;
using FunctionalStack.Learners;

namespace FunctionalStack.IO;

/// <summary>Parameter values in JSON: numbers, booleans, strings and lists of these. An allowlist like that of model files.</summary>
internal static class SpecValue
{
    public static bool Carries(Type type) => Nullable.GetUnderlyingType(type) is { } underlying
        ? Carries(underlying)
        : type == typeof(bool) || type == typeof(int) || type == typeof(long) || type == typeof(double) || type == typeof(string)
        || type.IsEnum
            || type == typeof(MaxFeatures) || type == typeof(ILearner) || type == typeof(Base)
            || type == typeof(SearchSpace) || type == typeof(FoldPlan)
            || (Element(type) is { } element && Carries(element));

    public static object? Read(SpecJson json, Type type, SpecNames names)
    {
        if (Nullable.GetUnderlyingType(type) is { } underlying) return json.IsNull ? null : Read(json, underlying, names);
        if (type == typeof(bool)) return json.Boolean();
        if (type == typeof(int)) return json.Int();
        if (type == typeof(long)) return json.Long();
        if (type == typeof(double)) return json.Number();
        if (type == typeof(string)) return json.Text();
        if (type.IsEnum) return json.EnumName(type);
        if (type == typeof(MaxFeatures)) return MaxFeaturesOf(json);
        if (type == typeof(ILearner)) return json.IsNull ? null : new NestedLearner(names).Read(json);
        if (type == typeof(Base)) return new NestedLearner(names).ReadNamed(json);
        if (type == typeof(SearchSpace)) return json.IsNull ? null : SpaceJson.Read(json);
        if (type == typeof(FoldPlan)) return json.IsNull ? null : FoldsJson.Read(json).Plan();
        return typeof(SpecValue)
            .GetMethod(nameof(ReadList), System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static)!
            .MakeGenericMethod(Element(type)!).CreateDelegate<Func<SpecJson, SpecNames, object>>()(json, names);
    }

    public static void Write(Utf8JsonWriter to, object? value, SpecNames names)
    {
        switch (value)
        {
            case null: to.WriteNullValue(); break;
            case bool truth: to.WriteBooleanValue(truth); break;
            case int number: to.WriteNumberValue(number); break;
            case long number: to.WriteNumberValue(number); break;
            case double number when double.IsFinite(number): to.WriteNumberValue(number); break;
            case double number: throw new Refusal($"JSON cannot represent {number}", "Give finite numbers.");
            case string text: to.WriteStringValue(text); break;
            case Enum member: to.WriteStringValue(EnumName(member)); break;
            case MaxFeatures features: Write(to, features); break;
            case SearchSpace space: SpaceJson.Write(to, space, names); break;
            case FoldPlan plan: FoldsJson.Write(to, FoldsJson.Of(plan)); break;
            case ILearner learner: new NestedLearner(names).Write(to, learner); break;
            case Base voter: new NestedLearner(names).Write(to, voter.Learner, voter.Name); break;
            case IEnumerable list:
                to.WriteStartArray();
                foreach (var item in list) Write(to, item, names);
                to.WriteEndArray();
                break;
            default: throw new InvalidOperationException();
        }
    }

    /// <summary>An enum member in the form of specs.</summary>
    public static string EnumName(Enum member) => JsonNamingPolicy.CamelCase.ConvertName(member.ToString());

    private static readonly string[] Shares = ["usual", "all", "sqrt", "log2"];

    /// <summary>As in scikit-learn, 1 is one column and 1.0 is all columns.</summary>
    private static MaxFeatures MaxFeaturesOf(SpecJson json) => json switch
    {
        { IsText: true } => Shares.Contains(json.Text())
            ? MaxFeatures.Parse(json.Text(), CultureInfo.InvariantCulture)
            : throw json.Unknown(json.Text(), "is not a number of columns", Shares, "Values"),
        { Json.ValueKind: JsonValueKind.Number } when json.Json.TryGetInt32(out var count) => MaxFeatures.Of(count),
        _ => MaxFeatures.Share(json.Number()),
    };

    private static void Write(Utf8JsonWriter to, MaxFeatures features)
    {
        var text = features.ToString();
        if (Shares.FirstOrDefault(one => MaxFeatures.Parse(one, null) == features) is { } name) to.WriteStringValue(name);
        else if (text.Split(" of all") is not [var share, ""]) to.WriteNumberValue(int.Parse(text, CultureInfo.InvariantCulture));
        else if (double.Parse(share, CultureInfo.InvariantCulture) is var number && number == Math.Floor(number))
            to.WriteRawValue($"{number:0.0}");
        else to.WriteNumberValue(number);
    }

    private static Type? Element(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(EquatableArray<>) ? type.GetGenericArguments()[0] : null;

    private static object ReadList<T>(SpecJson json, SpecNames names) =>
        EquatableArray.From(json.Items().Select(item => (T)Read(item, typeof(T), names)!));
}
