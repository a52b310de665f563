// Tuning: choose the parameters of a learner by cross-validation, and measure honestly what that gives.
//   dotnet run docs/samples/tuning.cs
#:project ../../src/FunctionalStack/FunctionalStack.csproj
#:property PublishAot=false

using FunctionalStack;

var here = (string)AppContext.GetData("EntryPointFileDirectoryPath")!;
var customers = Csv.Read(Path.Combine(here, "customers.csv")).Id("customer").Target("left").OrThrow();

// A search space: values of one parameter, and a range of another, whose points are drawn on a logarithmic scale. The
// result is a learner like any other. Fitting it tries 6 points, and returns the best one, fitted on all rows.
var boosting = Learn.GradientBoosting(40).Preprocess(Prepare.ForBoosting)
    .Tuned(space => space.Over("maxDepth", 2, 3, 5).Between("eta", 0.02, 0.5, Scale.Log), trials: 6);

var fit = boosting.Fit(customers, Seed.Of(42), threads: 2).OrThrow();
var search = fit.Searches[0];
foreach (var trial in search.Trials.OrderBy(trial => trial.Score.Mean))
    Console.WriteLine($"{search.Metric} {trial.Score.Mean:F4}  {trial.Name}");

// The score of the chosen trial is too good, since the trial was chosen by it. A nested evaluation searches anew in each outer
// fold and scores the result on rows that no part of the search has seen. That is the score to report.
var nested = boosting.Evaluate(customers, Seed.Of(42), folds: 4, threads: 2).OrThrow();
Console.WriteLine($"best trial {search.Trials[search.Chosen].Score.Mean:F4}, nested evaluation {nested.LogLoss.Mean:F4}");

// The path of a parameter leads into a composition. This search fits the bases once for all three values.
var stack = Stacking
    .Of(("forest", Learn.RandomForest(40).Preprocess(Prepare.ForTrees)), ("bayes", Learn.NaiveBayes().Preprocess(Prepare.ForLinear)))
    .Meta(Learn.Logistic())
    .Tuned(space => space.Over("meta.c", 0.01, 0.1, 1), Search.Grid);
var weighted = stack.Fit(customers, Seed.Of(42), threads: 2).OrThrow();
Console.WriteLine($"chosen: {weighted.Searches[0].Trials[weighted.Searches[0].Chosen].Name}");
