using System.Collections;
using System.Reflection;

namespace FunctionalStack.IO.Tests;

/// <summary>
/// Creates a record that differs from another in one value somewhere inside: a number, a string, the length of a list. The result
/// is saved with a valid checksum, as an attacker would do.
/// </summary>
internal sealed class Forger(RandomStream stream)
{
    private static readonly int[] Numbers = [-1, 0, 1, 2, 7, 40, 1_000_000, int.MaxValue, int.MinValue];
    private static readonly double[] Reals = [double.NaN, double.PositiveInfinity, -1, 0, 1e308, 0.5];

    /// <summary>Whether it ends within a minute, which is thousands of times longer than it should take.</summary>
    public static bool Ends(Action act)
    {
        var running = Task.Run(act);
        return running.Wait(TimeSpan.FromMinutes(1));
    }

    /// <summary>Null if the record's own constructor rejects the forged value.</summary>
    public object? Forged(object record)
    {
        try
        {
            return Changed(record, record.GetType());
        }
        catch (TargetInvocationException)
        {
            return null;
        }
    }

    private object? Changed(object? value, Type type)
    {
        switch (value)
        {
            case null: return null;
            case int: return Numbers[stream.Next(Numbers.Length)];
            case long: return (long)Numbers[stream.Next(Numbers.Length)];
            case byte: return (byte)stream.Next(256);
            case double: return Reals[stream.Next(Reals.Length)];
            case float: return (float)Reals[stream.Next(Reals.Length)];
            case bool truth: return !truth;
            case string text: return text + "x";
            case Enum: return Enum.GetValues(value.GetType()).GetValue(stream.Next(Enum.GetValues(value.GetType()).Length));
        }

        return IsList(value.GetType()) ? ChangedList(value) : ChangedRecord(value);
    }

    private static bool IsList(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(EquatableArray<>);

    private object ChangedList(object list)
    {
        var element = list.GetType().GetGenericArguments()[0];
        var items = ((IEnumerable)list).Cast<object?>().ToList();
        var what = stream.Next(items.Count == 0 ? 1 : 5);
        if (what == 0 && items.Count > 0) items.Add(items[^1]);
        else if (what == 1) items.RemoveAt(stream.Next(items.Count));
        else if (items.Count > 0) items[stream.Next(items.Count)] = Changed(items[stream.Next(items.Count)], element);
        var array = Array.CreateInstance(element, items.Count);
        for (var i = 0; i < items.Count; i++) array.SetValue(items[i], i);
        return typeof(EquatableArray).GetMethod(nameof(EquatableArray.Own))!.MakeGenericMethod(element).Invoke(null, [array])!;
    }

    private object ChangedRecord(object record)
    {
        var type = record.GetType();
        var constructor = type.GetConstructors().Where(one => one.GetParameters().All(parameter => Property(parameter) is not null))
            .MaxBy(one => one.GetParameters().Length)!;
        var parameters = constructor.GetParameters();
        if (parameters.Length == 0) return record;
        var values = parameters.Select(parameter => Property(parameter)!.GetValue(record)).ToArray();
        var at = stream.Next(values.Length);
        values[at] = Changed(values[at], parameters[at].ParameterType);
        return constructor.Invoke(values);

        PropertyInfo? Property(ParameterInfo parameter) => type.GetProperties().FirstOrDefault(property =>
            property.PropertyType == parameter.ParameterType
                && string.Equals(property.Name, parameter.Name, StringComparison.OrdinalIgnoreCase));
    }
}
