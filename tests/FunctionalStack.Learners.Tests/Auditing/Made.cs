namespace FunctionalStack.Learners.Tests.Auditing;

/// <summary>Tables made for audits: two classes, or a value, that depend on two of three columns with noise.</summary>
internal sealed class Made(int seed, int rows = 300)
{
    private readonly Random draw = new(seed);

    public int Rows => rows;

    public double[] Gaussian() => [.. Enumerable.Range(0, rows).Select(_ =>
        Math.Sqrt(-2 * Math.Log(1 - draw.NextDouble())) * Math.Cos(2 * Math.PI * draw.NextDouble()))];

    /// <summary>A table without traps.</summary>
    public Dataset Plain(bool classes = true)
    {
        var (a, b, c, noise) = (Gaussian(), Gaussian(), Gaussian(), Gaussian());
        double[] value = [.. Enumerable.Range(0, rows).Select(row => a[row] + b[row] + noise[row])];
        return new(Frame.Of(("a", Numbers(a)), ("b", Numbers(b)), ("c", Numbers(c))), classes
            ? Target.Classes.Of([.. value.Select(one => one > 0 ? "yes" : "no")]) : new Target.Numeric(EquatableArray.Own(value)));
    }

    public static Column.Numeric Numbers(double[] values) => new(EquatableArray.Own(values));

    public static double[] Values(Target target) => target is Target.Classes classes
        ? [.. classes.Codes.Select(code => (double)code)] : ((Target.Numeric)target).Values.ToArray();
}
