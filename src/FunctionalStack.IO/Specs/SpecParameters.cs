using System.Reflection;
using System.Text.Json;

namespace FunctionalStack.IO;

/// <summary>The parameters of a learner or transform in JSON: those of its record, in camel case, all optional.</summary>
internal sealed class SpecParameters
{
    private readonly string owner;
    private readonly SpecNames names;
    private readonly RecordConstructor constructor;
    private readonly Dictionary<string, int> fields;

    public SpecParameters(string owner, Type type, SpecNames names)
    {
        (this.owner, this.names, constructor) = (owner, names, new(type));
        if (constructor.Fields.FirstOrDefault(field => !field.HasDefault) is { } bare)
            throw new NotSupportedException($"{type}, parameter {bare.Name}: has no default");
        fields = constructor.Fields.Select((field, i) => (field, i)).Where(pair => SpecValue.Carries(pair.field.Type))
            .ToDictionary(pair => JsonNamingPolicy.CamelCase.ConvertName(pair.field.Name), pair => pair.i);
    }

    public IReadOnlyCollection<string> Names => fields.Keys;

    /// <summary>Parameters that can only be set in code, since their types have no JSON form.</summary>
    public IEnumerable<string> Hidden => constructor.Fields.Where(f => !SpecValue.Carries(f.Type)).Select(f => f.Name);

    public bool AreDefaults(object record) => constructor.Fields.All(field => Equals(field.Property.GetValue(record), field.Default));

    public object Read(SpecJson? given)
    {
        given?.Keys($"a parameter of {owner}", fields.Keys, "Parameters", fields.Values.Select(Former).OfType<string>());
        var values = constructor.Fields.Select(field => field.Default).ToArray();
        foreach (var (name, i) in fields)
        {
            if (given?.Find(name, Former(i)) is { } json)
                values[i] = SpecValue.Read(json, constructor.Fields[i].Type, names);
        }

        try
        {
            return constructor.Make(values);
        }
        catch (TargetInvocationException exception) when (exception.InnerException is ArgumentException cause)
        {
            throw given!.Value.No(cause.Message, $"See the parameters of {owner}.");
        }
    }

    public void Write(Utf8JsonWriter to, object record)
    {
        to.WriteStartObject();
        foreach (var (name, i) in fields)
        {
            to.WritePropertyName(name);
            SpecValue.Write(to, constructor.Fields[i].Property.GetValue(record), names);
        }

        to.WriteEndObject();
        foreach (var field in constructor.Fields)
        {
            if (!SpecValue.Carries(field.Type) && !Equals(field.Property.GetValue(record), field.Default))
            {
                throw new Refusal($"the {field.Name} of {owner} cannot be written in a spec", "Use its default.");
            }
        }
    }

    private string? Former(int field) =>
        constructor.Fields[field].FormerName is { } name ? JsonNamingPolicy.CamelCase.ConvertName(name) : null;
}
