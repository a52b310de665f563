using System.Globalization;
using FunctionalStack;

/// <summary>Numbers as CSV, the target last: what the scripts in peers/ hand over.</summary>
internal static class Table
{
    public static Dataset Read(string file, bool classes)
    {
        var lines = File.ReadAllLines(file);
        var names = lines[0].Split(',');
        var cells = lines.Skip(1).Select(line => line.Split(',')).ToArray();
        var columns = names.SkipLast(1).Select((name, c) => new NamedColumn(name, new Column.Numeric(Values.From(cells.Select(row => double.Parse(row[c], CultureInfo.InvariantCulture))))));
        var target = cells.Select(row => row[^1]);
        return new(new Frame(cells.Length, Values.From(columns)), classes ? Target.Classes.Of([.. target]) : new Target.Values(Values.From(target.Select(word => double.Parse(word, CultureInfo.InvariantCulture)))));
    }
}
