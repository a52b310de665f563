using System.Globalization;

namespace FunctionalStack.IO;

/// <summary>Columns of values of type object, whose type is decided by the values.</summary>
internal static class LooseColumn
{
    /// <summary>
    /// Numeric if all values are numbers or booleans, categorical if all are strings, characters or enums, and null otherwise. A column
    /// without values is missing in every row: it is numeric, which conforms to either kind.
    /// </summary>
    public static Column? Of(object?[] values)
    {
        var found = values.Where(value => value is not null).ToArray();
        if (found.All(value => value is bool || Readings.IsNumber(value!.GetType())))
        {
            return new Column.Numeric(EquatableArray.From(values.Select(value =>
                value is null ? double.NaN : Convert.ToDouble(value, CultureInfo.InvariantCulture))));
        }

        return found.All(value => value is string or char or Enum)
            ? ReadColumn.Categorical(default, Array.ConvertAll(values, value => value?.ToString()))
            : null;
    }
}
