using System.Text;
using FunctionalStack.IO;

namespace FunctionalStack.Fuzz.Tests;

/// <summary>Parsers of text.</summary>
internal static class Texts
{
    private static readonly string[] CsvWords =
        ["\"", "\"\"", ",", ";", "\t", "\r\n", "\n", "\r", "\ufeff", "NA", "nan", "1e999", "-1e308", "1,5", "1.234,5", "01.02.2024", "2024-02-30",
            "12:61", "\u0000", "\ud83d\ude00", "TRUE", "#", "y", "1_000", "9999999999999999999999", "\"a\nb\"", "$5", "50%"];

    private static readonly string[] SpecWords =
        ["\"version\": 1", "\"stack\"", "\"learner\"", "\"params\"", "\"bases\"", "\"meta\"", "\"folds\"", "\"k\"", "null", "true", "[]", "{}", "-1", "1e400", "0.5", "1000000000",
            "\"stack\"", "\"tuned\"", "\"knn\"", "\"randomForest\"", "// x\n", "/*", ",", ":", "[[[[[[[[", "\"\\ud800\"", "\"trees\"", "\"space\""];

    public static Parser Csv { get; } = new("csv",
    [
        .. new[]
        {
            "a,b,y\n1,x,p\n2,\"y, z\",q\n,,p\n4.5,\"a \"\"b\"\"\",q\n",
            "when;price;y\r\n01.02.2024;1.234,50;0\r\n28.02.2024;0,5;1\r\n;;1\r\n",
            "\ufeffid\tname\ty\n1\tAnn\t1e3\n2\tBo\t-2.5\n3\t\"Cy\n\"\tNA\n",
            "n,y\n$1,1\n$2,0\n50%,1\n7%,0\n2024-01-31,1\n",
        }.Select(Encoding.UTF8.GetBytes),
    ],
    CsvWords, ReadCsv);

    public static Parser Spec { get; } = new("spec",
    [
        .. new[]
        {
            """{"version": 1, "learner": "randomForest", "params": {"trees": 50, "maxDepth": 3}, "preprocess": ["impute", {"step": "oneHot"}]}""",
            """
            {"version": 1, "learner": "tuned", "params": {"learner": {"learner": "gradientBoosting"}, "trials": 8, "folds": {"k": 3},
            "space": {"rounds": [50, 100], "learningRate": {"from": 0.01, "to": 0.3, "log": true}}}}
            """,
            """
            {"version": 1, "stack": {"folds": {"kind": "kfold", "k": 2}, "combine": "refit", "stackMethod": "labels", "passthrough": true,
            "meta": {"learner": "logistic"}, "bases": [{"name": "a", "learner": "knn", "params": {"k": 3, "metric": "manhattan"}},
            {"name": "b", "calibrate": "platt", "learner": "bagging", "params": {"members": 3}}]}}
            """,
        }.Select(Encoding.UTF8.GetBytes),
        .. Written(),
    ],
    SpecWords, ReadSpec);

    // The default specs of a numeric and a class target, with and without comments.
    private static IEnumerable<byte[]> Written()
    {
        var rows = Enumerable.Range(0, 60).Select(i => $"{i % 7},{"pqr"[i % 3]},{i % 2}\n");
        var table = Table.Parse("t.csv", Encoding.UTF8.GetBytes("a,b,y\n" + string.Concat(rows))).OrThrow();
        var spec = DefaultStack.For(table.ToDataset("y").OrThrow());
        yield return Encoding.UTF8.GetBytes(SpecFile.Write(spec).OrThrow());
        yield return Encoding.UTF8.GetBytes(SpecFile.WriteCommented(spec, "t.csv").OrThrow());
    }

    private static string? ReadCsv(byte[] bytes)
    {
        if (Table.Parse("fuzz.csv", bytes) is not Outcome<Table>.Ok { Value: var table }) return null;
        if (table.Frame() is Outcome<Frame>.Ok { Value: var frame } && frame.RowCount != table.RowCount)
            return $"{table.RowCount} rows became {frame.RowCount}";
        return table.Header.Contains("y") && table.ToDataset("y") is Outcome<Dataset>.Ok { Value: var data } && data.RowCount > table.RowCount
            ? $"{table.RowCount} rows became {data.RowCount}" : null;
    }

    private static string? ReadSpec(byte[] bytes)
    {
        if (SpecFile.Parse(Encoding.UTF8.GetString(bytes), "fuzz.json") is not Outcome<StackSpec>.Ok { Value: var spec }) return null;
        if (SpecFile.Write(spec) is not Outcome<string>.Ok { Value: var text }) return "a spec that was read cannot be written";
        var again = SpecFile.Parse(text, "again.json").OrThrow();
        return again == spec ? null : $"differs after writing and reading: {text}";
    }
}
