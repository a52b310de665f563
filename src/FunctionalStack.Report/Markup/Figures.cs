using System.Globalization;

namespace FunctionalStack.Reporting.Markup;

/// <summary>Formats scores, counts and names of metrics.</summary>
internal static class Figures
{
    /// <summary>A number with <paramref name="decimals"/> decimals, or in scientific notation if it is very small or very large.</summary>
    public static string Fixed(double number, int decimals = 4) => Math.Abs(number) switch
    {
        double.NaN => "-",
        0 or (>= 0.001 and < 1000) => number.ToString($"F{decimals}", CultureInfo.InvariantCulture),
        >= 1000 and < 1e6 => number.ToString("F1", CultureInfo.InvariantCulture),
        _ => number.ToString("0.000e+0", CultureInfo.InvariantCulture),
    };

    /// <summary>A number with thousands separators and without decimals.</summary>
    public static string Whole(double number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A number of rows: <c>1 row</c>, <c>1,200 rows</c>.</summary>
    public static string Rows(int count) => Counted(count, "row");

    /// <summary>A number of things: <c>1 fold</c>, <c>5 folds</c>.</summary>
    public static string Counted(int count, string thing) => $"{Whole(count)} {thing}{(count == 1 ? "" : "s")}";

    /// <summary>At most four significant digits.</summary>
    public static string Few(double number) => Math.Abs(number) switch
    {
        double.NaN => "-",
        0 => "0",
        >= 1e7 or < 1e-4 => number.ToString("0.##e+0", CultureInfo.InvariantCulture),
        >= 1000 => number.ToString("N0", CultureInfo.InvariantCulture),
        _ => ((double)(decimal.Round((decimal)number, Math.Clamp(3 - (int)Math.Floor(Math.Log10(Math.Abs(number))), 0, 8))))
            .ToString("0.########", CultureInfo.InvariantCulture),
    };

    /// <summary>A share as a percentage: <c>83%</c>, <c>0.4%</c>.</summary>
    public static string Percent(double share) => double.IsNaN(share) ? "-"
        : share is > 0 and < 0.001 ? "<0.1%"
        : (100 * share).ToString(share is > 0 and < 0.095 or > 0.995 and < 1 ? "0.#" : "0", CultureInfo.InvariantCulture) + "%";

    /// <summary>A duration: <c>0.02 s</c>, <c>1.5 s</c>, <c>75 s</c>.</summary>
    public static string Seconds(double seconds) => seconds < 0.005 ? "<0.01 s"
        : seconds.ToString(seconds < 1 ? "0.00" : seconds < 10 ? "0.0" : "N0", CultureInfo.InvariantCulture) + " s";

    /// <summary>An amount of memory: <c>0.4 MB</c>, <c>25 MB</c>.</summary>
    public static string Megabytes(long bytes) => bytes < 50_000 ? "<0.1 MB"
        : (bytes / 1e6).ToString(bytes < 9_950_000 ? "0.0" : "N0", CultureInfo.InvariantCulture) + " MB";

    /// <summary>The usual name of a metric.</summary>
    public static string Title(string metric) => Metric.TitleOf(metric);
}
