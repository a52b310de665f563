// A CSV file of your own: read it, fit a stack, save the model, load it, and ask it about one record.
//   dotnet run docs/samples/csv-to-model.cs
#:project ../../src/FunctionalStack/FunctionalStack.csproj
#:property PublishAot=false

using FunctionalStack;

// Each row of customers.csv is a customer, and the column 'left' is whether they left. The numbers are made up.
var here = (string)AppContext.GetData("EntryPointFileDirectoryPath")!;   // the folder of this file
var file = Path.Combine(here, "customers.csv");

// No preparation is needed: numbers stay numbers, other text becomes categories, and empty cells are missing values.
// 'customer' identifies the row, so it is no feature. OrThrow() gives the value, or stops with the reason.
var customers = Csv.Read(file).Id("customer").Target("left").OrThrow();

// Three different learners. Each is fitted on 4/5 of the rows and predicts the other 1/5, five times. Such out-of-fold
// predictions train the meta-learner, which decides how much each of the three counts.
var stack = Stacking
    .Of(("boosting", Learn.GradientBoosting(60).Preprocess(Prepare.ForBoosting)),
        ("forest", Learn.RandomForest(60).Preprocess(Prepare.ForTrees)),
        ("logistic", Learn.Logistic().Preprocess(Prepare.ForLinear)))
    .Meta(Learn.OpinionPool());

// The seed fixes the folds and all random draws: the same seed gives the same model, with any number of threads.
var fit = stack.Fit(customers, Seed.Of(42), threads: 2).OrThrow();

// The scores on rows that the models had not seen, best first.
Console.WriteLine(fit);

// One file has everything: preprocessing, bases and meta-learner. It contains no code.
var path = Path.Combine(Path.GetTempPath(), $"customers-{Environment.ProcessId}.fstack");
fit.Save(path).OrThrow();
var model = Model.Load(path).OrThrow();
File.Delete(path);

// Any type with the columns as properties is a record to ask about. A missing value is null.
var asked = new[] { new { plan = "basic", months = 3, price = 11.90, tickets = 4, country = (string?)null } };
foreach (var answer in model.Predict(asked).OrThrow())
    Console.WriteLine($"left: {answer.Class}, probability {answer.Probabilities["yes"]:P0}");
