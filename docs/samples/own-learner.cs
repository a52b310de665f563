// A learner of your own: two records, tested, stacked with the learners of the library, saved and loaded with a catalogue.
//   dotnet run docs/samples/own-learner.cs
#:project ../../src/FunctionalStack/FunctionalStack.csproj
#:project ../../src/FunctionalStack.Laws/FunctionalStack.Laws.csproj
#:property PublishAot=false

using FunctionalStack;
using FunctionalStack.IO;
using FunctionalStack.Laws;

// A model file names the types of its records by tags, and creates no type that the catalogue does not list.
var catalogue = Library.Catalogue.With(LearnerEntry.Of(
    new ByLevel(), "The share of each class for each level of a column.", [RecordTag.Of<ByLevelModel>("sample.byLevel")]));

// It is used like any other learner: in stacks, pipelines, searches and evaluations.
var here = (string)AppContext.GetData("EntryPointFileDirectoryPath")!;
var customers = Csv.Read(Path.Combine(here, "customers.csv")).Id("customer").Target("left").OrThrow();

// The laws that every learner of the library holds to, on random parts of the rows.
var results = LearnerLaws.Check(new ByLevel("plan"), new()
{
    Data = seed =>
    {
        var order = Enumerable.Range(0, customers.RowCount).ToArray();
        seed.Stream().Shuffle<int>(order);
        return customers.Take(EquatableArray.From(order.Take(40)));
    },
    Catalogue = catalogue,
    Invalid = [new ByLevel("plan", Smoothing: 0)],
});
foreach (var result in results.Where(result => result.Verdict != LawVerdict.Held)) Console.WriteLine(result);
var held = results.Count(result => result.Verdict == LawVerdict.Held);
Console.WriteLine($"{held} laws hold, {results.Count(result => result.IsBroken)} are broken");

var stack = Stacking
    .Of(("by plan", new ByLevel("plan")), ("by country", new ByLevel("country", Smoothing: 20)),
        ("logistic", Learn.Logistic().Preprocess(Prepare.ForLinear).Columns("months", "price", "tickets")))
    .Meta(Learn.OpinionPool());
Console.WriteLine(stack.Evaluate(customers, Seed.Of(42), folds: 5, threads: 2).OrThrow());

var path = Path.Combine(Path.GetTempPath(), $"own-{Environment.ProcessId}.fstack");
ModelFile.SaveFit(path, stack.Fit(customers, Seed.Of(42), threads: 2).OrThrow(), catalogue: catalogue).OrThrow();
var model = ModelFile.Load(path, catalogue).OrThrow();
File.Delete(path);
var asked = new[] { new { plan = "basic", months = 3, price = 11.90, tickets = 4, country = "FR" } };
Console.WriteLine($"left: {model.Predict(asked).OrThrow()[0].Class}");

/// <summary>The spec: parameters, all with defaults, and a pure function from rows and a seed to a model.</summary>
/// <param name="Column">A categorical column.</param>
/// <param name="Smoothing">How many rows with the shares of the whole table are added to each level; above 0.</param>
public sealed record ByLevel(string Column = "", double Smoothing = 5) : ILeafLearner
{
    public string Name => "byLevel";

    // The data that it accepts, and parameters out of range: both are checked before the first fit of a stack that contains it.
    public Capabilities Capabilities => new(TargetKinds.Classes, MissingValues: true, Categories: true);

    public EquatableArray<Failure> Validate() => Ensure.All(Name, Ensure.Positive("smoothing", Smoothing, suchAs: 5));

    public Outcome<IModel> FitLeaf(Dataset data, Seed seed) => ByLevelModel.Read(data.Frame, Column).Map<IModel>(column =>
    {
        var classes = (Target.Classes)data.Target;
        var rows = Enumerable.Range(0, column.Count);
        var overall = Shares(rows, new double[classes.Levels.Count]);
        var prior = overall.Select(share => share * Smoothing).ToArray();
        var byLevel = Enumerable.Range(0, column.Levels.Count).SelectMany(level => Shares(rows.Where(row => column[row] == level), prior));
        return new ByLevelModel(Column, column.Levels, classes.Levels, EquatableArray.From([.. byLevel, .. overall]));

        double[] Shares(IEnumerable<int> rows, double[] counts)
        {
            var sums = counts.ToArray();
            foreach (var row in rows) sums[classes.Codes[row]] += data.Weights?[row] ?? 1;
            return [.. sums.Select(sum => sum / sums.Sum())];
        }
    });
}

/// <summary>The model: data, and a pure function from rows to a prediction. The last shares are those of the whole table.</summary>
public sealed record ByLevelModel(string Column, EquatableArray<string> Seen, EquatableArray<string> Classes, EquatableArray<double> Shares)
    : IModel
{
    public Outcome<Prediction> Predict(Frame rows) => Read(rows, Column).Map<Prediction>(column =>
        new Prediction.Probabilities(Classes, EquatableArray.From(Enumerable.Range(0, column.Count).SelectMany(row =>
        {
            var level = Array.IndexOf([.. Seen], column.LevelOf(row));
            return Shares.Skip((level < 0 ? Seen.Count : level) * Classes.Count).Take(Classes.Count);
        }))));

    /// <summary>The column, or a failure: the place, what was found, and how to fix it.</summary>
    public static Outcome<Column.Categorical> Read(Frame rows, string name) =>
        rows.Columns.FirstOrDefault(column => column.Name == name)?.Column is Column.Categorical found ? Outcome.Ok(found)
            : Outcome.Fail<Column.Categorical>("byLevel", $"'{name}' is no categorical column", "Give the name of one.");
}
