using System.Text.Json;

namespace FunctionalStack.IO;

/// <summary>A value in a spec's JSON with its path, for messages.</summary>
internal readonly record struct SpecJson(JsonElement Json, string Path)
{
    public bool IsNull => Json.ValueKind == JsonValueKind.Null;

    public bool IsText => Json.ValueKind == JsonValueKind.String;

    public bool IsList => Json.ValueKind == JsonValueKind.Array;

    public Refusal No(string what, string remedy) => new(what, remedy, Path);

    /// <summary>A name that is not known.</summary>
    public Refusal Unknown(string name, string what, IEnumerable<string> known, string title)
    {
        var near = NearestName.To(name, known) ?? known.FirstOrDefault(candidate => NearestName.To(name, Humps(candidate)) is not null);
        return No($"'{name}' {what}",
            $"{(near is null ? "" : $"Did you mean '{near}'? ")}{title}: {(known.Any() ? string.Join(", ", known) : "none")}.");
    }

    /// <summary>Fails for keys other than <paramref name="known"/>.</summary>
    /// <param name="role">The role of a key in messages: <c>a key of a stack</c>.</param>
    /// <param name="known">The keys.</param>
    /// <param name="title">The title of the list of keys in messages.</param>
    /// <param name="former">Keys of earlier versions, which can still be read.</param>
    public SpecJson Keys(string role, IEnumerable<string> known, string title = "Keys", IEnumerable<string>? former = null)
    {
        if (Json.ValueKind != JsonValueKind.Object) throw Not("an object", "Write it in braces.");
        foreach (var pair in Json.EnumerateObject())
        {
            if (!known.Contains(pair.Name) && former?.Contains(pair.Name) != true) throw Unknown(pair.Name, $"is not {role}", known, title);
        }

        return this;
    }

    public SpecJson? Find(string key) => Json.TryGetProperty(key, out var value) ? new(value, $"{Path}.{key}") : null;

    /// <summary>The value of a key, which was <paramref name="former"/> in an earlier version.</summary>
    public SpecJson? Find(string key, string? former)
    {
        if (former is null || Find(former) is not { } old) return Find(key);
        return Find(key) is null ? old : throw old.No($"'{key}' is given too; '{former}' is its former name", $"Remove '{former}'.");
    }

    public SpecJson[] Items()
    {
        if (!IsList) throw Not("a list", "Write it in brackets.");
        var path = Path;
        return [.. Json.EnumerateArray().Select((item, i) => new SpecJson(item, $"{path}[{i}]"))];
    }

    public string Text() => IsText ? Json.GetString()! : throw Not("text", "Write it in quotes.");

    public bool Boolean() => Json.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Not("true or false", "Write true or false, without quotes."),
    };

    public int Int(int least = int.MinValue)
    {
        if (Json.ValueKind == JsonValueKind.Number && Json.TryGetDouble(out var real) && real == Math.Floor(real)
            && Math.Abs(real) > int.MaxValue)
        {
            throw No($"is {Json.GetRawText()}", $"Give an integer of at most {int.MaxValue}.");
        }

        if (Json.ValueKind != JsonValueKind.Number || !Json.TryGetInt32(out var number))
            throw Not("an integer", "Write digits only, without quotes.");
        return number >= least ? number : throw No($"is {number}", $"Give at least {least}.");
    }

    public long Long() =>
        Json.ValueKind == JsonValueKind.Number && Json.TryGetInt64(out var number)
            ? number : throw Not("an integer", "Write digits only, without quotes.");

    public double Number() => Json.ValueKind == JsonValueKind.Number && Json.TryGetDouble(out var number) && double.IsFinite(number)
        ? number
        : throw Not("a number", "Write a finite number, without quotes.");

    public object EnumName(Type type)
    {
        var text = Text();
        var members = Enum.GetValues(type).Cast<Enum>();
        return members.FirstOrDefault(member => SpecValue.EnumName(member) == text)
            ?? throw Unknown(text, "is not one of the values here", members.Select(SpecValue.EnumName), "Values");
    }

    public T EnumName<T>() where T : struct, Enum => (T)EnumName(typeof(T));

    private Refusal Not(string wanted, string remedy)
    {
        var found = Json.GetRawText();
        return No($"{(found.Length <= 40 ? found : found[..40] + "...")} is not {wanted}", remedy);
    }

    // 'forrest' is far from 'randomForest' but near its second word.
    private static IEnumerable<string> Humps(string name)
    {
        var starts = Enumerable.Range(0, name.Length).Where(i => i == 0 || char.IsUpper(name[i])).Append(name.Length).ToArray();
        return starts.Zip(starts.Skip(1)).Select(pair => name[pair.First..pair.Second]);
    }
}
