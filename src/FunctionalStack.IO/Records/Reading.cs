namespace FunctionalStack.IO;

/// <summary>How values are read from a <typeparamref name="T"/>, depending on their type: compiled once, applied per row.</summary>
internal abstract record Reading<T>
{
    /// <summary>Numbers; NaN where missing.</summary>
    public sealed record Numbers(Func<T, double> Of) : Reading<T>;

    /// <summary>Booleans. As a feature 1 or 0, NaN where missing; as a target the classes False and True.</summary>
    public sealed record Booleans(Func<T, double> Of) : Reading<T>;

    /// <summary>Strings; null or empty where missing. <paramref name="Declared"/> are the levels that the type declares.</summary>
    public sealed record Strings(EquatableArray<string> Declared, Func<T, string?> Of) : Reading<T>;

    /// <summary>Times as seconds since 1970; NaN where missing. They order the rows; as features they are split into parts.</summary>
    public sealed record Moments(Func<T, double> Of) : Reading<T>;

    /// <summary>Values whose type is only known at run time.</summary>
    public sealed record Objects(Func<T, object?> Of) : Reading<T>;
}
