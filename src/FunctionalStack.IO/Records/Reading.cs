namespace FunctionalStack.IO;

/// <summary>How values are read from a <typeparamref name="T"/>, by their type: compiled once, asked row by row.</summary>
internal abstract record Reading<T>
{
    /// <summary>NaN where missing.</summary>
    public sealed record Numbers(Func<T, double> Of) : Reading<T>;

    /// <summary>As a feature 1 or 0, NaN where missing; as a target the classes False and True.</summary>
    public sealed record Truth(Func<T, double> Of) : Reading<T>;

    /// <summary>Null or empty where missing. <paramref name="Declared"/> are the levels that the type declares.</summary>
    public sealed record Words(EquatableArray<string> Declared, Func<T, string?> Of) : Reading<T>;

    /// <summary>Seconds since 1970, NaN where missing: for the order of rows, and as features their parts.</summary>
    public sealed record Moments(Func<T, double> Of) : Reading<T>;

    /// <summary>Values of a type that only the value itself tells.</summary>
    public sealed record Objects(Func<T, object?> Of) : Reading<T>;
}
