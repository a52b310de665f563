using System.Globalization;

namespace FunctionalStack.Preprocessing;

/// <summary>The values of columns as arrays, and what can be wrong with them.</summary>
internal static class Gathered
{
    /// <summary>The weight of each training row; null where all count alike. Fails where no row has weight.</summary>
    public static Outcome<double[]?> Weights(string transform, Dataset data) =>
        TrainingRows.RowsOfWeight(data.Roles, transform).Map(_ => data.Weights?.ToArray());

    /// <summary>The numbers of a training column, NaN where missing. Fails on an infinity.</summary>
    public static Outcome<double[]> Numbers(string transform, string name, Column.Numeric column)
    {
        var numbers = column.ToArray();
        for (var i = 0; i < numbers.Length; i++)
        {
            if (double.IsInfinity(numbers[i])) return Outcome.Fail<double[]>($"{transform}, column '{name}', row {i + 1}", $"the value is {numbers[i]}", "Give finite numbers.");
        }

        return Outcome.Ok(numbers);
    }

    /// <summary>
    /// A later frame's column for one that held numbers in training. A column of categories that are all missing (what a
    /// reader makes of an empty column) is as good as missing numbers; other categories fail.
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
                return Outcome.Fail<Column.Numeric>($"{transform}, column '{name}', row {i + 1}", $"the value is '{categories.LevelOf(i)}', but the training rows held numbers", "Give numbers.");
            }
        }

        var missing = new double[categories.Count];
        Array.Fill(missing, double.NaN);
        return Outcome.Ok(new Column.Numeric(EquatableArray.Own(missing)));
    }

    /// <summary>
    /// A later frame's column for one that held categories in training. Numbers (what a reader makes of words that happen
    /// to be digits) count as the words that print them shortest.
    /// </summary>
    /// <exception cref="KeyNotFoundException">The column is absent.</exception>
    public static Column.Categorical LaterCategories(string name, Frame rows)
    {
        if (rows[name] is Column.Categorical categories) return categories;
        var numbers = ((Column.Numeric)rows[name]).ToArray();
        return Column.Categorical.Of([.. numbers.Select(number => double.IsNaN(number) ? null : number.ToString("R", CultureInfo.InvariantCulture))]);
    }

    /// <summary>The summed weight of each level of <paramref name="column"/>, and of its missing values (last).</summary>
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
