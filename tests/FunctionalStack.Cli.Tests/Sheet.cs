using System.Globalization;

namespace FunctionalStack.Cli.Tests;

/// <summary>A CSV without quotes as text cells, to create inputs and to read outputs.</summary>
internal sealed record Sheet(EquatableArray<string> Names, EquatableArray<EquatableArray<string>> Rows)
{
    public int Count => Rows.Count;

    public string Text => string.Join('\n', Rows.Select(row => string.Join(',', row)).Prepend(string.Join(',', Names)).Append(""));

    public EquatableArray<string> this[string name] => EquatableArray.From(Rows.Select(row => row[At(name)]));

    public static Sheet Read(string path)
    {
        var lines = File.ReadAllText(path).TrimEnd('\n').Split('\n');
        return new(Cells(lines[0]), EquatableArray.From(lines.Skip(1).Select(Cells)));

        static EquatableArray<string> Cells(string line) => EquatableArray.Of(line.Split(','));
    }

    /// <summary>
    /// By default 90 rows: an id, two numbers (every 11th age missing), a port (every 13th missing) and a target that depends on
    /// age and port, with noise.
    /// </summary>
    public static Sheet Passengers(int count = 90)
    {
        var random = Seed.Of(7).Stream();
        return new(EquatableArray.Of("id", "age", "fare", "port", "y"), EquatableArray.From(Enumerable.Range(0, count).Select(row =>
        {
            var (age, fare, port) =
                (Math.Round(40 + 10 * random.NextNormal(), 1), Math.Round(30 + 20 * random.NextNormal(), 2),
                    "CQS"[random.Next(3)].ToString());
            var y = age + (port == "S" ? 10 : 0) + 5 * random.NextNormal() > 43 ? "yes" : "no";
            return EquatableArray.Of($"r{row}", row % 11 == 3 ? "" : Written(age), Written(fare), row % 13 == 5 ? "" : port, y);
        })));
    }

    public EquatableArray<double> Numbers(string name) =>
        EquatableArray.From(this[name].Select(text => double.Parse(text, CultureInfo.InvariantCulture)));

    /// <summary>Adds or replaces a column.</summary>
    public Sheet With(string name, Func<int, string> cell) => Names.Contains(name)
        ? this with
        {
            Rows =
            EquatableArray.From(Rows.Select((row, i) => EquatableArray.From(row.Select((text, at) => at == At(name) ? cell(i) : text))))
        }
        : new([.. Names, name], EquatableArray.From(Rows.Select((row, i) => EquatableArray.From(row.Append(cell(i))))));

    /// <summary>Replaces one cell, or all cells of a column.</summary>
    public Sheet With(string name, int row, string text) => With(name, i => i == row ? text : this[name][i]);

    /// <summary>Selects columns, in this order.</summary>
    public Sheet Only(params string[] names) =>
        new(EquatableArray.Of(names), EquatableArray.From(Rows.Select(row => EquatableArray.From(names.Select(name => row[At(name)])))));

    public Sheet Without(string name) => Only([.. Names.Where(other => other != name)]);

    public Sheet Take(int count) => this with { Rows = EquatableArray.From(Rows.Take(count)) };

    public static string Written(double number) => number.ToString("R", CultureInfo.InvariantCulture);

    private int At(string name) => Names.ToList().IndexOf(name);
}
