namespace FunctionalStack;

/// <summary>Marks a model that no model file can hold, with the reason for the message.</summary>
/// <param name="what">The reason: "models of X are not saved in model files".</param>
/// <param name="remedy">What to do instead, as a sentence.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class NotInFilesAttribute(string what, string remedy) : Attribute
{
    /// <summary>The reason.</summary>
    public string What => what;

    /// <summary>What to do instead.</summary>
    public string Remedy => remedy;
}
