using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace FunctionalStack.Neural;

/// <summary>
/// SHA-256 over all data that a training's steps and early stopping depend on: shapes, inputs and targets of the training and
/// validation examples. Weights have a separate part, so that a difference in them alone is recognized.
/// </summary>
internal static class DataFingerprint
{
    private const char Weighted = '+';

    public static string Of(TrainingData data) => Of(data.Validation is { } validation ? [data.Train, validation] : [data.Train]);

    public static string Of(LabelledExamples examples) => Of([examples]);

    /// <summary>How the examples of a checkpoint differ from the given ones, by both fingerprints.</summary>
    public static string Difference(string then, string now) => then.Split(Weighted)[0] != now.Split(Weighted)[0]
        ? "other examples"
        : (then.Contains(Weighted), now.Contains(Weighted)) switch
        {
            (true, false) => "weighted examples (--balance), not on unweighted ones",
            (false, true) => "unweighted examples, not on weighted ones (--balance)",
            _ => "examples with other weights",
        };

    private static string Of(LabelledExamples[] all)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var examples in all) Append(hash, examples);
        var content = Convert.ToHexStringLower(hash.GetHashAndReset());
        if (all.All(examples => examples.Roles.Weights is null)) return content;
        foreach (var examples in all) Append(hash, "weights", examples.Roles.Weights ?? default);
        return $"{content}{Weighted}{Convert.ToHexStringLower(hash.GetHashAndReset())}";
    }

    private static void Append(IncrementalHash hash, LabelledExamples examples)
    {
        Append(hash,
            string.Create(CultureInfo.InvariantCulture, $"{examples.Inputs.GetType().Name} {examples.Inputs.Shape} {examples.Count} "));
        hash.AppendData(examples.Inputs.Content);
        switch (examples.Target)
        {
            case Target.Classes classes:
                foreach (var level in classes.Levels) Append(hash, $"{level.Length} {level} ");
                hash.AppendData(MemoryMarshal.AsBytes(classes.Codes.AsSpan()));
                break;
            case Target.Numeric values:
                hash.AppendData(MemoryMarshal.AsBytes(values.Values.AsSpan()));
                break;
        }

        if (examples.Roles.Groups is { } groups) Append(hash, "groups", groups);
        if (examples.Roles.Time is { } times) Append(hash, "times", times);
        if (examples.Roles.Gap is var gap and > 0) Append(hash, "gap", EquatableArray.Of(gap));
    }

    private static void Append<T>(IncrementalHash hash, string name, EquatableArray<T> numbers)
        where T : unmanaged
    {
        Append(hash, $"{name} ");
        hash.AppendData(MemoryMarshal.AsBytes(numbers.AsSpan()));
    }

    private static void Append(IncrementalHash hash, string text) => hash.AppendData(Encoding.UTF8.GetBytes(text));
}
