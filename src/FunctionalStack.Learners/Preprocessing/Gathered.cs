using System.Globalization;

namespace FunctionalStack.Preprocessing;

/// <summary>Reads columns as arrays and validates them.</summary>
internal static class Gathered
{
    /// <summary>The weight of each training row; null for equal weights. Fails if no row has positive weight.</summary>
    public static Outcome<double[]?> Weights(string transform, Dataset data) =>
        TrainingRows.RowsOfWeight(data.Roles, transform).Map(_ => data.Weights?.ToArray());

    /// <summary>The values of a training column; NaN if missing. Fails on an infinity.</summary>
    public static Outcome<double[]> Numbers(string transform, string name, Column.Numeric column)
    {
        var numbers = column.ToArray();
        for (var i = 0; i < numbers.Length; i++)
        {
            if (double.IsInfinity(numbers[i]))
                return Outcome.Fail<double[]>($"{transform}, column '{name}', row {i + 1}", $"the value is {numbers[i]}",
                    "Give finite numbers.");
        }

        return Outcome.Ok(numbers);
    }

    /// <summary>
    /// A column of new rows that was numeric in training. A categorical column that is missing in all rows (how a
    /// reader parses an empty column) is treated as missing numbers. Other categories fail.
    /// </summary>
    /// <exception cref="KeyNotFoundException">The column is absent.</exception>
    public static Outcome<Column.Numeric> LaterNumbers(string transform, string name, Frame rows)
    {
        if (rows[name] is Column.Numeric numeric) return Outcome.Ok(numeric);
        var categories = (Column.Categorical)rows[name];
        for (var i = 0; i < categories.Count; i++)
        {
            if (!categories.IsMissing(i))
            {
                return Outcome.Fail<Column.Numeric>($"{transform}, column '{name}', row {i + 1}",
                    $"the value is '{categories.LevelOf(i)}', but the training rows held numbers", "Give numbers.");
            }
        }

        var missing = new double[categories.Count];
        Array.Fill(missing, double.NaN);
        return Outcome.Ok(new Column.Numeric(EquatableArray.Own(missing)));
    }

    /// <summary>
    /// A column of new rows that was categorical in training. Numbers (how a reader parses categories that happen
    /// to be digits) become their shortest text.
    /// </summary>
    /// <exception cref="KeyNotFoundException">The column is absent.</exception>
    public static Column.Categorical LaterCategories(string name, Frame rows)
    {
        if (rows[name] is Column.Categorical categories) return categories;
        var numbers = ((Column.Numeric)rows[name]).ToArray();
        return Column.Categorical.Of([.. numbers.Select(number =>
            double.IsNaN(number) ? null : number.ToString("R", CultureInfo.InvariantCulture))]);
    }

    /// <summary>The summed weight of each level of <paramref name="column"/>, followed by that of its missing values.</summary>
    public static double[] Mass(Column.Categorical column, double[]? weights)
    {
        var mass = new double[column.Levels.Count + 1];
        for (var i = 0; i < column.Count; i++)
        {
            var code = column[i];
            mass[code < 0 ? mass.Length - 1 : code] += weights is null ? 1 : weights[i];
        }

        return mass;
    }
}
