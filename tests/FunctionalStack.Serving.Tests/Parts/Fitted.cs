using System.Globalization;
using System.Text;
using FunctionalStack.IO;
using FunctionalStack.Neural;

namespace FunctionalStack.Serving.Tests;

/// <summary>Model files in a temporary folder. They are fitted once for all tests.</summary>
public sealed class Fitted : IDisposable
{
    private static readonly Lazy<Fitted> shared = new(() => new());

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("serving-tests-");
    private readonly Dictionary<string, Lazy<string>> files;

    private Fitted()
    {
        files = new()
        {
            ["titanic"] = new(() => Fit("titanic", "survived", Stack())),
            ["iris"] = new(() => Fit("iris", "species", Stack())),
            ["digits"] = new(() => Fit("digits", "digit", Learn.RandomForest(20).Preprocess(Prepare.ForTrees))),
            ["breast-cancer"] = new(() => Fit("breast-cancer", "diagnosis", Stack())),
            ["trees"] = new(() => Fit("titanic", "survived", Learn.GradientBoosting(20).Preprocess(Prepare.ForBoosting), "trees")),
            ["sets"] = new(() => Fit("titanic", "survived", Learn.Logistic().Preprocess(Prepare.ForLinear).Conformal(), "sets")),
            ["mixed"] = new(() => Save("mixed", "amount", Learn.GradientBoosting(20).Preprocess(Prepare.ForBoosting).Conformal())),
            ["net"] = new(() => Net("net", NetShape, new Layer.Conv2D(4), new Layer.ReLU(), new Layer.Flatten(), new Layer.Dense(3))),
            ["large"] = new(() => Net("large", new(256, 256, 3), new Layer.Flatten(), new Layer.Dense(3))),
        };
        File.WriteAllText(At("mixed.csv"), Mixed());
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Dispose();
    }

    /// <summary>The input shape of the model <c>net</c>.</summary>
    public static Neural.Shape NetShape { get; } = new(8, 8, 1);

    public static Fitted All => shared.Value;

    /// <summary>The models for tables: those of the embedded data sets, and one with dates, booleans and missing values.</summary>
    public static string[] OfTables => ["titanic", "iris", "digits", "breast-cancer", "trees", "sets", "mixed"];

    public string At(string name) => Path.Combine(folder.FullName, name);

    /// <summary>The file of a model.</summary>
    public string this[string model] => files[model].Value;

    /// <summary>The table that a model was fitted on.</summary>
    public Table Rows(string model) => model == "mixed" ? Table.Read(At("mixed.csv")).OrThrow()
        : EmbeddedData.Find(model is "trees" or "sets" ? "titanic" : model).OrThrow();

    public void Dispose()
    {
        if (folder.Exists) folder.Delete(recursive: true);
    }

    private static ILearner Stack() => Stacking
        .Of(("boosting", Learn.GradientBoosting(10).Preprocess(Prepare.ForBoosting)),
            ("logistic", Learn.Logistic().Preprocess(Prepare.ForLinear)),
            ("knn", Learn.Knn(9).Preprocess(Prepare.ForLinear)))
        .Meta(Learn.OpinionPool());

    private string Fit(string data, string target, ILearner learner, string? name = null)
    {
        using (var file = File.Create(At($"{name ?? data}.csv")))
        using (var csv = EmbeddedData.OpenCsv(data)) csv.CopyTo(file);
        return Save(name ?? data, target, learner);
    }

    private string Save(string name, string target, ILearner learner) =>
        Csv.Read(At($"{name}.csv")).Target(target).Bind(rows => learner.Fit(rows, Seed.Of(7), threads: 2)).OrThrow()
            .Save(At($"{name}.fstack")).OrThrow();

    private string Net(string name, Neural.Shape input, params Layer[] layers)
    {
        var network = Network.Of(input, layers);
        EquatableArray<string> levels = ["across", "down", "blot"];
        var variables = Variables.Initial(network.Check().OrThrow(), Seed.Of(1));
        return ModelFile.Save(At($"{name}.fstack"), new NetworkModel(network, variables, levels, NetworkFile.Divisor),
            new ModelCard(NetworkFile.Target, levels, new(default), 1));
    }

    // Dates, booleans, categories with accents and quotes, and missing values everywhere.
    private static string Mixed()
    {
        var text = new StringBuilder("signup,member,city,visits,amount\n");
        string[] cities = ["Zürich", "O\"Hare", "São Paulo", "New, York", ""];
        var stream = Seed.Of(3).Stream();
        for (var row = 0; row < 240; row++)
        {
            var (day, city, visits) = (stream.Next(900), stream.Next(cities.Length), stream.Next(40));
            var signup = row % 17 == 0 ? "" : new DateTime(2022, 1, 1).AddDays(day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            var quoted = cities[city].Length == 0 ? "" : $"\"{cities[city].Replace("\"", "\"\"")}\"";
            text.Append(CultureInfo.InvariantCulture,
                $"{signup},{(row % 11 == 0 ? "" : row % 3 == 0 ? "true" : "false")},{quoted},{(row % 7 == 0 ? "" : $"{visits / 4.0}")},");
            text.Append(CultureInfo.InvariantCulture, $"{visits * 2.5 + city * 10 + day / 100.0}\n");
        }

        return text.ToString();
    }
}
