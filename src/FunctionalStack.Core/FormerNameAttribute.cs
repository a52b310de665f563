namespace FunctionalStack;

/// <summary>What a record's parameter was called in an earlier version: files and specs that still say so are read as before.</summary>
/// <param name="name">The name, as the parameter was written.</param>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class FormerNameAttribute(string name) : Attribute
{
    public string Name => name;
}
