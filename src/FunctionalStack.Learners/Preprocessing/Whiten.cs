using FunctionalStack.Learners;
using MathNet.Numerics.LinearAlgebra;

namespace FunctionalStack.Preprocessing;

/// <summary>Kinds of whitening, which differ by a rotation.</summary>
public enum Whitening
{
    /// <summary>Principal components, each scaled to variance 1: columns <c>pca1</c>, <c>pca2</c>, ..., by descending variance.</summary>
    Pca,

    /// <summary>The whitening closest to the original columns, which it replaces in place under their names.</summary>
    Zca,
}

/// <summary>
/// Makes numeric columns uncorrelated with variance 1 over the training rows, using the eigenvectors of their (population)
/// covariance (Kessy, Lewin &amp; Strimmer 2018). The sign of each eigenvector makes its component of largest magnitude
/// positive. scikit-learn's PCA(whiten=True) divides by n - 1, so its values are sqrt((n - 1) / n) times these, up to sign.
/// </summary>
/// <param name="Kind">PCA or ZCA.</param>
/// <param name="Epsilon">
/// Added to each eigenvalue, as a fraction of the largest, so that directions of almost no variance are not amplified;
/// finite and at least 0. The variance along an eigenvector becomes v / (v + Epsilon * vmax), and 0 where v is not above 1e-13 * vmax.
/// </param>
/// <param name="Components">The number of principal components to keep, from 1 to the number of columns; null for all. Must be null for
/// ZCA.</param>
public sealed record Whiten(Whitening Kind = Whitening.Pca, double Epsilon = 1e-5, int? Components = null) : ILeafTransform
{
    /// <inheritdoc/>
    public string Name => "whiten";

    /// <inheritdoc/>
    public EquatableArray<Failure> Validate() => Ensure.All(
        Name,
        Ensure.Defined("kind", Kind),
        Ensure.NotNegative("epsilon", Epsilon),
        Ensure.AtLeast("components", Components, 1),
        Kind == Whitening.Zca && Components is not null
            ? new Failure("", "ZCA keeps all columns, but a number of components was given", "Leave it out, or use PCA.")
            : null);

    /// <summary>
    /// Fails if there are fewer columns than components, if a number is missing or infinite, if no training row has positive
    /// weight, if <c>pca1</c> already exists, or if a column's range or the inverse of the largest deviation overflows a double.
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
               from map in columns.Length == 0
                   ? Outcome.Ok(new WhitenMap(default, default, default, default)) : Learn(columns, [.. numbers], weights)
               from fitted in Replacement.Agreeing(map, map.Make(data.Frame))
               select fitted;
    }

    private Outcome<double[]> Complete(string name, Column.Numeric column) => Gathered.Numbers(Name, name, column).Bind(numbers =>
        Array.FindIndex(numbers, double.IsNaN) is var row and >= 0
            ? Outcome.Fail<double[]>($"{Name}, column '{name}', row {row + 1}", "the value is missing", "Impute missing values first.")
            : Outcome.Ok(numbers));

    private Outcome<WhitenMap> Learn(NamedColumn[] columns, double[][] numbers, double[]? weights)
    {
        var width = columns.Length;
        var means = new double[width];
        var widest = 0.0;
        for (var c = 0; c < width; c++)
        {
            var moments = Moments.Of(numbers[c], weights);
            if (ColumnUnits.TooWide($"{Name}, column '{columns[c].Name}'", moments) is { } wide)
                return new Outcome<WhitenMap>.Fail(wide);
            means[c] = moments.Mean;
            widest = Math.Max(widest, moments.Deviation);
        }

        // One power of two for all columns brings the covariances near 1, where the eigenvalues are found, and is exactly invertible.
        var scale = widest == 0 ? 1 : Math.ScaleB(1, -Math.Clamp(Math.ILogB(widest), -1000, 1000));
        for (var c = 0; c < width; c++) Centre(numbers[c], means[c], scale, weights);
        var total = weights?.Sum() ?? numbers[0].Length;
        var covariance = Matrix<double>.Build.Dense(width, width);
        for (var i = 0; i < width; i++)
        {
            for (var j = i; j < width; j++) covariance[i, j] = covariance[j, i] = Dot(numbers[i], numbers[j]) / total;
        }

        // The largest entry of a covariance is on its diagonal.
        var most = covariance.Diagonal().Maximum();
        covariance.MapInplace(entry => Negligible.OrZero(entry, most));
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

        if (!Array.TrueForAll(matrix, double.IsFinite))
        {
            return Outcome.Fail<WhitenMap>(Name, $"the largest standard deviation is {widest}, and its inverse overflows a double",
                "Scale the columns up.");
        }

        var names = EquatableArray.From(columns.Select(column => column.Name));
        var made = Kind == Whitening.Zca ? names : EquatableArray.From(Enumerable.Range(1, kept).Select(k => $"pca{k}"));
        return Outcome.Ok(new WhitenMap(names, made, EquatableArray.Own(means), EquatableArray.Own(matrix)));
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

    // A direction whose variance is rounding error becomes 0: whatever standardizes it later would amplify the error.
    private double Factor(double value, double largest)
    {
        const double rounding = 1e-13;
        return value <= rounding * largest ? 0 : 1 / Math.Sqrt(value + Epsilon * largest);
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

/// <summary>(x - Means) times Matrix, over the named columns.</summary>
/// <param name="Columns">The replaced columns.</param>
/// <param name="Made">The new columns, one per column of the matrix. If they have the replaced names, they keep their positions.</param>
/// <param name="Means">One mean per replaced column.</param>
/// <param name="Matrix">Columns.Count x Made.Count, row-major.</param>
public sealed record WhitenMap(EquatableArray<string> Columns, EquatableArray<string> Made, EquatableArray<double> Means,
    EquatableArray<double> Matrix) : IMap, IConsistent
{
    string? IConsistent.Inconsistency => Consistency.First(
        Consistency.Count("means", Means.Count, Columns.Count),
            Consistency.Count("numbers of the matrix", Matrix.Count, (long)Made.Count * Columns.Count));

    /// <inheritdoc/>
    public Outcome<Frame> Apply(Frame rows) => Make(rows);

    internal Outcome<Frame> Make(Frame rows) => Columns.Count == 0
        ? Outcome.Ok(rows)
        : Outcome.All(Columns.Select(name => Gathered.LaterNumbers("whiten", name, rows)))
        .Bind(columns => Replacement.Replace("whiten", rows, Places(Product(columns))));

    // A missing value makes its whole row missing, since every new column depends on every column.
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
