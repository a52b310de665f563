namespace FunctionalStack;

/// <summary>Finds rows of equal values.</summary>
internal static class EqualRows
{
    /// <summary>A number for each row, from 0 in the order of first occurrence; rows of equal values have the same.</summary>
    /// <param name="columns">The columns that are compared; without any, all rows are equal.</param>
    /// <param name="count">The number of rows.</param>
    /// <param name="bits">What is compared of a number.</param>
    public static int[] Numbered(IEnumerable<Column> columns, int count, Func<double, long> bits)
    {
        var numbers = new int[count];
        foreach (var column in columns)
        {
            var seen = new Dictionary<(int, long), int>();
            for (var row = 0; row < count; row++)
            {
                var key = (numbers[row], column switch
                {
                    Column.Numeric numeric => bits(numeric[row]),
                    Column.Categorical categories => categories[row],
                    _ => throw new InvalidOperationException(),
                });
                numbers[row] = seen.TryGetValue(key, out var number) ? number : seen[key] = seen.Count;
            }
        }

        return numbers;
    }
}
