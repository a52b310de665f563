using MathNet.Numerics.LinearAlgebra;

namespace FunctionalStack.Preprocessing;

/// <summary>Which of the whitenings, that differ by a rotation.</summary>
public enum Whitening
{
    /// <summary>Principal components, each scaled to variance 1: columns <c>pca1</c>, <c>pca2</c>, ..., widest first.</summary>
    Pca,

    /// <summary>The whitening closest to the original columns, in place and under their names.</summary>
    Zca,
}

/// <summary>
/// Columns of numbers made uncorrelated with variance 1 over the training rows, by the eigenvectors of their (population)
/// covariance (Kessy, Lewin &amp; Strimmer 2018). Each eigenvector's sign makes its component of largest magnitude
/// positive. scikit-learn's PCA(whiten=True) divides by n - 1, so its numbers are sqrt((n - 1) / n) times these, up to sign.
/// </summary>
/// <param name="Kind">Principal components, or closest to the original.</param>
/// <param name="Epsilon">
/// Added to each eigenvalue as a share of the largest, so that directions of (nearly) no variance don't become noise;
/// finite and at least 0. The variance along an eigenvector comes to v / (v + Epsilon * vmax).
/// </param>
/// <param name="Components">How many principal components to keep, from 1 to the number of columns; null for all, as ZCA must.</param>
public sealed record Whiten(Whitening Kind = Whitening.Pca, double Epsilon = 1e-5, int? Components = null) : ILeafTransform
{
    public string Name => "whiten";

    public EquatableArray<Failure> Validate() => Ensure.All(
        Name,
        Ensure.Defined("kind", Kind),
        Ensure.NotNegative("epsilon", Epsilon),
        Ensure.AtLeast("components", Components, 1),
        Kind == Whitening.Zca && Components is not null
            ? new Failure("", "ZCA keeps all columns, but a number of components was given", "Leave it out, or take PCA.")
            : null);

    /// <summary>
    /// Fails where there are fewer columns than components, on a missing or infinite number, without training rows of positive
    /// weight, or where <c>pca1</c> exists already.
    /// </summary>
    public Outcome<Fitted> FitLeaf(Dataset data, Seed seed)
    {
        var columns = data.Frame.Columns.Where(column => column.Column is Column.Numeric).ToArray();
        if (Components > columns.Length)
        {
            return Outcome.Fail<Fitted>(
                Name, $"components is {Components}, but there are {columns.Length} columns of numbers", $"Give 1 to {columns.Length}.");
        }

        return from weights in Gathered.Weights(Name, data)
               from numbers in Outcome.All(columns.Select(column => Complete(column.Name, (Column.Numeric)column.Column)))
               let map = columns.Length == 0 ? new WhitenMap(default, default, default, default) : Learn(columns, [.. numbers], weights)
               from fitted in Replacement.Agreeing(map, map.Make(data.Frame))
               select fitted;
    }

    private Outcome<double[]> Complete(string name, Column.Numeric column) => Gathered.Numbers(Name, name, column).Bind(numbers =>
        Array.FindIndex(numbers, double.IsNaN) is var row and >= 0
            ? Outcome.Fail<double[]>($"{Name}, column '{name}', row {row + 1}", "the value is missing", "Impute missing values first.")
            : Outcome.Ok(numbers));

    private WhitenMap Learn(NamedColumn[] columns, double[][] numbers, double[]? weights)
    {
        var width = columns.Length;
        var means = new double[width];
        var widest = 0.0;
        for (var c = 0; c < width; c++)
        {
            var moments = Moments.Of(numbers[c], weights);
            means[c] = moments.Mean;
            widest = Math.Max(widest, moments.Deviation);
        }

        // One power of two for all columns keeps squares in range, and is undone without losing a bit.
        var scale = Moments.PowerOfTwo(widest);
        for (var c = 0; c < width; c++) Centre(numbers[c], means[c], scale, weights);
        var total = weights?.Sum() ?? numbers[0].Length;
        var covariance = Matrix<double>.Build.Dense(width, width);
        for (var i = 0; i < width; i++)
        {
            for (var j = i; j < width; j++) covariance[i, j] = covariance[j, i] = Dot(numbers[i], numbers[j]) / total;
        }

        var eigen = covariance.Evd(Symmetricity.Symmetric);
        var largest = Math.Max(0, eigen.EigenValues[width - 1].Real);
        var kept = Kind == Whitening.Zca ? width : Components ?? width;
        var matrix = new double[width * kept];
        for (var k = 0; k < kept; k++)
        {
            // MathNet's eigenvalues ascend.
            var vector = eigen.EigenVectors.Column(width - 1 - k).ToArray();
            var factor = Factor(eigen.EigenValues[width - 1 - k].Real, largest) * scale;
            var sign = SignOf(vector);
            for (var i = 0; i < width; i++)
            {
                if (Kind == Whitening.Pca) matrix[i * kept + k] = sign * vector[i] * factor;
                else for (var j = 0; j < width; j++) matrix[i * kept + j] += vector[i] * factor * vector[j];
            }
        }

        var names = EquatableArray.From(columns.Select(column => column.Name));
        var made = Kind == Whitening.Zca ? names : EquatableArray.From(Enumerable.Range(1, kept).Select(k => $"pca{k}"));
        return new(names, made, EquatableArray.Own(means), EquatableArray.Own(matrix));
    }

    private static void Centre(double[] numbers, double mean, double scale, double[]? weights)
    {
        for (var i = 0; i < numbers.Length; i++)
        {
            var weight = weights is null ? 1 : weights[i];
            numbers[i] = weight == 0 ? 0 : (numbers[i] - mean) * scale * Math.Sqrt(weight);
        }
    }

    private static double Dot(double[] left, double[] right)
    {
        var sum = 0.0;
        for (var i = 0; i < left.Length; i++) sum += left[i] * right[i];
        return sum;
    }

    // A direction whose variance is rounding error becomes 0 rather than noise.
    private double Factor(double value, double largest)
    {
        const double rounding = 1e-13;
        return value <= rounding * largest ? Epsilon > 0 && largest > 0 ? 1 / Math.Sqrt(Math.Max(0, value) + Epsilon * largest) : 0 : 1 / Math.Sqrt(value + Epsilon * largest);
    }

    private static double SignOf(double[] vector)
    {
        var at = 0;
        for (var i = 1; i < vector.Length; i++)
        {
            // Components of equal magnitude up to rounding: the first decides, on every machine.
            if (Math.Abs(vector[i]) > Math.Abs(vector[at]) * (1 + 1e-9)) at = i;
        }

        return vector[at] < 0 ? -1 : 1;
    }
}

/// <summary>(x - Means) times Matrix, over the columns named.</summary>
/// <param name="Columns">The columns replaced.</param>
/// <param name="Made">The columns made: as many as the matrix has; under the names replaced, they keep their places.</param>
/// <param name="Means">A mean for each column replaced.</param>
/// <param name="Matrix">Columns.Count x Made.Count, row by row.</param>
public sealed record WhitenMap(EquatableArray<string> Columns, EquatableArray<string> Made, EquatableArray<double> Means, EquatableArray<double> Matrix) : IMap, IConsistent
{
    string? IConsistent.Inconsistency => Consistency.First(
        Consistency.Count("means", Means.Count, Columns.Count), Consistency.Count("numbers of the matrix", Matrix.Count, (long)Made.Count * Columns.Count));

    public Outcome<Frame> Apply(Frame rows) => Make(rows);

    internal Outcome<Frame> Make(Frame rows) => Columns.Count == 0
        ? Outcome.Ok(rows)
        : Outcome.All(Columns.Select(name => Gathered.LaterNumbers("whiten", name, rows))).Bind(columns => Replacement.Replace("whiten", rows, Places(Product(columns))));

    // A missing number makes its whole row missing, since every column made depends on every column.
    private NamedColumn[] Product(EquatableArray<Column.Numeric> columns)
    {
        var matrix = Matrix.AsSpan();
        var made = new NamedColumn[Made.Count];
        var centred = new double[columns.Count][];
        for (var c = 0; c < centred.Length; c++)
        {
            centred[c] = columns[c].ToArray();
            for (var i = 0; i < centred[c].Length; i++) centred[c][i] -= Means[c];
        }

        for (var k = 0; k < made.Length; k++)
        {
            var numbers = new double[centred[0].Length];
            for (var c = 0; c < centred.Length; c++)
            {
                var (from, factor) = (centred[c], matrix[c * made.Length + k]);
                for (var i = 0; i < numbers.Length; i++) numbers[i] += from[i] * factor;
            }

            made[k] = new(Made[k], new Column.Numeric(EquatableArray.Own(numbers)));
        }

        return made;
    }

    private Dictionary<string, NamedColumn[]> Places(NamedColumn[] made) => Made == Columns
        ? made.ToDictionary(column => column.Name, column => (NamedColumn[])[column])
        : Columns.Index().ToDictionary(column => column.Item, column => column.Index == 0 ? made : []);
}
