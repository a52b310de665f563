using System.Globalization;

namespace FunctionalStack.IO;

/// <summary>Columns of values whose type is told by the values alone.</summary>
internal static class LooseColumn
{
    /// <summary>
    /// Numbers where all values are numbers or truth, categories where all are words, characters or enums; null where they
    /// are neither. A column without any value is missing throughout: numeric, which conforms to either kind.
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
