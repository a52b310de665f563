using System.Globalization;
using FunctionalStack.Laws;
using Xunit;

namespace FunctionalStack.Learners.Tests;

/// <summary>Data that scikit-learn was fitted on by Fixtures/peers.py, split and standardized as there, and what it predicted.</summary>
internal sealed record Peer(Dataset Train, Dataset Held, Dictionary<string, double[][]> Expected)
{
    public static Peer Iris() => Of("iris", Path.Combine(Fixtures, "iris.csv"), "species", 3);

    /// <summary>All 150 irises as given: petal width of the other three columns.</summary>
    public static Dataset PetalWidths()
    {
        var (header, lines) = Read(Path.Combine(Fixtures, "iris.csv"));
        var cells = Enumerable.Range(0, 4).Select(c => lines.Select(line => Number(line[c])).ToArray()).ToArray();
        return new(Frame.Of([.. Enumerable.Range(0, 3).Select(c => (header[c], (Column)Column.Numeric.Of(cells[c])))]),
            new Target.Numeric(EquatableArray.Own(cells[3])));
    }

    /// <summary>For tests that are a <see cref="SharedFactAttribute"/>.</summary>
    public static Peer Shared(string name, string target, int every) => Of(name, Repository.Shared($"{name}/{name}.csv"), target, every);

    public void Agrees(IModel model, string name, double tolerance)
    {
        var found = (Prediction.Probabilities)model.Predict(Held.Frame).OrThrow();
        var expected = Expected[name];
        Assert.Equal(expected.Length, found.Count);
        for (var i = 0; i < expected.Length; i++)
        {
            for (var c = 0; c < expected[i].Length; c++)
            {
                Assert.True(Math.Abs(expected[i][c] - found.Row(i)[c]) <= tolerance,
                    $"held-out row {i}, class {c}: {found.Row(i)[c]}, scikit-learn has {expected[i][c]}");
            }
        }
    }

    private static string Fixtures => Path.Combine(Repository.Root, "tests", "FunctionalStack.Learners.Tests", "Fixtures");

    private static Peer Of(string name, string data, string target, int every)
    {
        var (header, lines) = Read(data);
        var at = Array.IndexOf(header, target);
        var classes = new Target.Classes(
            EquatableArray.From(lines.Select(line => int.Parse(line[at], CultureInfo.InvariantCulture)).Distinct().Order()
                .Select(code => code.ToString(CultureInfo.InvariantCulture))),
            EquatableArray.From(lines.Select(line => int.Parse(line[at], CultureInfo.InvariantCulture))));
        var held = EquatableArray.From(Enumerable.Range(0, lines.Length).Where(row => row % every == 0));
        var train = EquatableArray.From(Enumerable.Range(0, lines.Length).Where(row => row % every != 0));
        var columns = header.Select((column, c) => (column, c)).Where(pair => pair.c != at)
            .Select(pair => (pair.column, Standardized([.. lines.Select(line => Number(line[pair.c]))], train))).ToArray();
        var all = new Dataset(Frame.Of(columns), classes);

        var (names, numbers) = Read(Path.Combine(Fixtures, $"{name}-expected.csv"));
        Assert.Equal(held, EquatableArray.From(numbers.Select(line => int.Parse(line[0], CultureInfo.InvariantCulture))));
        var expected = names.Skip(1).Select(n => n.Split(':')[0]).Distinct().ToDictionary(
            model => model,
            model =>
                numbers.Select(line =>
                    names.Select((n, c) => (n, c)).Where(pair => pair.n.StartsWith(model + ":", StringComparison.Ordinal))
                        .Select(pair => Number(line[pair.c])).ToArray()).ToArray());
        return new(all.Take(train), all.Take(held), expected);
    }

    private static Column Standardized(double[] cells, EquatableArray<int> train)
    {
        var mean = train.Average(row => cells[row]);
        var deviation = Math.Sqrt(train.Average(row => (cells[row] - mean) * (cells[row] - mean)));
        return Column.Numeric.Of([.. cells.Select(cell => (cell - mean) / (deviation > 0 ? deviation : 1))]);
    }

    private static (string[] Header, string[][] Lines) Read(string path)
    {
        var lines = File.ReadAllLines(path).Where(line => line.Length > 0).Select(line => line.Split(',')).ToArray();
        return (lines[0], lines[1..]);
    }

    private static double Number(string word) => double.Parse(word, CultureInfo.InvariantCulture);
}
