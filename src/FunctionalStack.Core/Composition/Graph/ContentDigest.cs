using System.Collections;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace FunctionalStack;

/// <summary>A SHA-256 digest of data by value: equal content gives equal digests, however it is stored.</summary>
internal sealed class ContentDigest : IDisposable
{
    // Far deeper than real compositions. Keeps a record that contains itself from exhausting the call stack.
    private const int MaxDepth = 256;

    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public string Hex() => Convert.ToHexStringLower(hash.GetHashAndReset());

    public void Dispose() => hash.Dispose();

    public void Add<T>(T number) where T : unmanaged => hash.AppendData(MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in number)));

    /// <summary>The length is hashed first, so that adjacent lists stay distinct.</summary>
    public void Add<T>(ReadOnlySpan<T> numbers) where T : unmanaged
    {
        Add(numbers.Length);
        hash.AppendData(MemoryMarshal.AsBytes(numbers));
    }

    public void Add(string text) => Add(text.AsSpan());

    public void Add(Frame frame)
    {
        Add(frame.RowCount);
        Add(frame.Columns.Count);
        foreach (var named in frame.Columns)
        {
            var (name, column) = named;
            Add(name);
            if (named.Origin is { } origin) Add($"{origin.StackMethod} of {origin.Base}: {origin.Level}");
            switch (column)
            {
                case Column.Numeric numeric:
                    Add('n');
                    Add<double>(numeric.ToArray());
                    break;
                case Column.Categorical categorical:
                    Add('c');
                    Add(categorical.Levels);
                    Add<int>(categorical.ToArray());
                    break;
                default: throw new InvalidOperationException();
            }
        }
    }

    public void Add(Roles roles)
    {
        switch (roles.Target)
        {
            case Target.Classes classes:
                Add('c');
                Add(classes.Levels);
                Add(classes.Codes.AsSpan());
                if (classes.IsOrdered) Add('o');
                break;
            case Target.Numeric values:
                Add('v');
                Add(values.Values.AsSpan());
                break;
            default: throw new InvalidOperationException();
        }

        AddOptional(roles.Weights);
        Add((int)roles.WeightKind);
        AddOptional(roles.Groups);
        AddOptional(roles.Folds);
        AddOptional(roles.Time);
        if (roles.Gap > 0) Add(roles.Gap);
    }

    /// <summary>
    /// Adds a spec field by field: numbers, strings, lists and records of these, and the code version of each record.
    /// Returns false if it contains anything else.
    /// </summary>
    public bool AddSpec(object? value, int depth = 0)
    {
        if (depth > MaxDepth) return false;
        if (value is null)
        {
            Add('0');
            return true;
        }

        var type = value.GetType();
        Add(type.ToString());
        switch (value)
        {
            case string text: Add(text); return true;
            case Enum word: Add(word.ToString()); return true;
            case Frame frame: Add(frame); return true;
            case Type or Delegate or Pointer: return false;
            case double number: Add(number); return true;
            case float number: Add(number); return true;
            case bool truth: Add(truth); return true;
            case char letter: Add(letter); return true;
            case sbyte or byte or short or ushort or int or uint or long: Add(Convert.ToInt64(value)); return true;
            case ulong number: Add(number); return true;
        }

        if (value is Array or IList || IsValues(type))
        {
            // A mutable list is not plain data, but the fit reads its current elements.
            var items = ((IEnumerable)value).Cast<object?>().ToArray();
            Add(items.Length);
            return items.All(item => AddSpec(item, depth + 1));
        }

        if (type.IsPrimitive || !(type.IsValueType || IsRecord(type))) return false;
        Add(CodeVersion.Of(type.Assembly));
        return Fields(type).All(field => AddSpec(field.GetValue(value), depth + 1));
    }

    private void Add(EquatableArray<string> texts)
    {
        Add(texts.Count);
        foreach (var text in texts) Add(text);
    }

    private void AddOptional<T>(EquatableArray<T>? numbers) where T : unmanaged
    {
        Add(numbers is not null);
        if (numbers is { } given) Add(given.AsSpan());
    }

    private static bool IsValues(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(EquatableArray<>);

    // A C# record has a clone method. F# marks its records and unions.
    private static bool IsRecord(Type type) =>
        type.GetMethod("<Clone>$") is not null
            || type.CustomAttributes.Any(attribute => attribute.AttributeType.Name == "CompilationMappingAttribute");

    // By name. The fields of base types are included, which reflection does not list with a type's own.
    private static IEnumerable<FieldInfo> Fields(Type? type) => type is null || type == typeof(object) || type == typeof(ValueType)
        ? []
        : type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
            .OrderBy(field => field.Name, StringComparer.Ordinal).Concat(Fields(type.BaseType));
}
