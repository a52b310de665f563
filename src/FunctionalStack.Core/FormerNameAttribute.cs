namespace FunctionalStack;

/// <summary>A record parameter's name in an earlier version. Files and specs that use it can still be read.</summary>
/// <param name="name">The earlier name.</param>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class FormerNameAttribute(string name) : Attribute
{
    /// <summary>The earlier name.</summary>
    public string Name => name;
}
