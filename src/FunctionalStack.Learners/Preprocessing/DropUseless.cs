namespace FunctionalStack.Preprocessing;

/// <summary>
/// Drops columns that cannot tell later rows apart, with a note for each: those without any value or with the same value
/// in every row; row numbers (whole numbers, rising or falling by 1 a row, gaps left by rows taken out allowed); and
/// categories that name their row (a name, a key), since what is known of a level seen once hardly tells of others.
/// Rows of weight 0 are not looked at; other weights make no difference.
/// </summary>
/// <param name="MinShared">
/// A column of categories names its row when a smaller share of its present values is shared with another row; from 0,
/// which drops none, to 1. Of Titanic's columns the names share 0, the tickets 0.39 and the cabins 0.50.
/// </param>
/// <param name="MinLevels">Columns of categories with fewer levels present are kept, however little they share.</param>
public sealed record DropUseless(double MinShared = 0.1, int MinLevels = 20) : ILeafTransform
{
    public string Name => "dropUseless";

    public Values<Failure> Validate() =>
        Ensure.All(Name, Ensure.FromZeroToOne("minShared", MinShared), Ensure.AtLeast("minLevels", MinLevels, 0));

    /// <summary>Fails without training rows of positive weight.</summary>
    public Outcome<Fitted> FitLeaf(Dataset data, Seed seed)
    {
        return Gathered.Weights(Name, data).Bind(weights =>
        {
            var dropped = new List<string>();
            var notes = new List<Note>();
            foreach (var (name, column) in data.Frame.Columns)
            {
                var why = column is Column.Numeric numeric ? Useless(Counted(numeric.ToArray(), weights)) : Useless(Counted(((Column.Categorical)column).ToArray(), weights));
                if (why is null) continue;
                dropped.Add(name);
                notes.Add($"{Name}: column '{name}' is left out, since it {why}");
            }

            var map = new DropColumns(Values.From(dropped));
            return map.Apply(data.Frame).Map(view => new Fitted(view, map)).Noting(Values.From(notes));
        });
    }

    private static T[] Counted<T>(T[] values, double[]? weights) => weights is null ? values : [.. values.Where((_, row) => weights[row] > 0)];

    private static string? Useless(double[] numbers)
    {
        var first = numbers[0];
        if (!Array.Exists(numbers, number => !number.Equals(first))) return double.IsNaN(first) ? "has no value in any training row" : "has the same value in every training row";
        return IsRowNumber(numbers) ? "numbers the rows" : null;
    }

    // Rows of folds within folds still hold a third of their numbers or more. Few rows can rise by chance.
    private static bool IsRowNumber(double[] numbers)
    {
        const int fewest = 20;
        const double widest = 3;
        if (numbers.Length < fewest) return false;
        var (first, last) = (numbers[0], numbers[^1]);
        if (!(Math.Abs(last - first) <= widest * numbers.Length)) return false;
        var rising = last > first;
        for (var i = 0; i < numbers.Length; i++)
        {
            if (numbers[i] != Math.Floor(numbers[i])) return false;
            if (i > 0 && !(rising ? numbers[i] > numbers[i - 1] : numbers[i] < numbers[i - 1])) return false;
        }

        return true;
    }

    private string? Useless(int[] codes)
    {
        var first = codes[0];
        if (!Array.Exists(codes, code => code != first)) return first < 0 ? "has no value in any training row" : "has the same value in every training row";
        var counts = new int[codes.Max() + 1];
        var present = 0;
        foreach (var code in codes)
        {
            if (code < 0) continue;
            counts[code]++;
            present++;
        }

        var levels = 0;
        var single = 0;
        foreach (var count in counts)
        {
            if (count > 0) levels++;
            if (count == 1) single++;
        }

        return levels >= MinLevels && present - single < MinShared * present ? "names its row: hardly two training rows share a value" : null;
    }
}
