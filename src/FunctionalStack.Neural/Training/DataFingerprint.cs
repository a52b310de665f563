using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace FunctionalStack.Neural;

/// <summary>SHA-256 over all that a training's steps and stopping depend on: shapes, numbers and targets of training and validation examples.</summary>
internal static class DataFingerprint
{
    public static string Of(TrainingData data)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, data.Train);
        if (data.Validation is { } validation) Append(hash, validation);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    public static string Of(LabelledExamples examples)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, examples);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Append(IncrementalHash hash, LabelledExamples examples)
    {
        Append(hash, string.Create(CultureInfo.InvariantCulture, $"{examples.Inputs.GetType().Name} {examples.Inputs.Shape} {examples.Count} "));
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

        if (examples.Roles.Weights is { } weights) Append(hash, "weights", weights);
        if (examples.Roles.Groups is { } groups) Append(hash, "groups", groups);
        if (examples.Roles.Time is { } times) Append(hash, "times", times);
    }

    private static void Append<T>(IncrementalHash hash, string name, EquatableArray<T> numbers)
        where T : unmanaged
    {
        Append(hash, $"{name} ");
        hash.AppendData(MemoryMarshal.AsBytes(numbers.AsSpan()));
    }

    private static void Append(IncrementalHash hash, string text) => hash.AppendData(Encoding.UTF8.GetBytes(text));
}
