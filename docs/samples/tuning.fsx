// Tuning: choose the parameters of a learner by cross-validation, and measure honestly what that gives.
//   dotnet build src/FunctionalStack.FSharp -c Release
//   dotnet fsi docs/samples/tuning.fsx
#load "load.fsx"

open System.IO
open FunctionalStack
open FunctionalStack.FSharp

// A search space: values of one parameter, and a range of another, whose points are drawn on a logarithmic scale. The
// result is a learner like any other. Fitting it tries 6 points, and returns the best one, fitted on all rows.
let boosting =
    gradientBoosting 40
    |> Learner.preprocess Prepare.forBoosting
    |> tuned [ "maxDepth", Tune.values [ 2; 3; 5 ]; "eta", Tune.logRange 0.02 0.5 ]
    |> Tune.random 6

let outcome =
    result {
        let! customers =
            Csv.read (Path.Combine(__SOURCE_DIRECTORY__, "customers.csv"))
            |> Csv.id "customer"
            |> Csv.target "left"

        let! fit = boosting |> Learner.fitWith (Run.threads 2) (Seed.Of 42) customers

        // A nested evaluation searches anew in each outer fold, and scores the result on rows that no part of the
        // search has
        // seen.
        let! nested =
            boosting
            |> Learner.evaluateWith (Run.threads 2) (Folds.usual 4) (Seed.Of 42) customers

        return fit.Searches[0], nested
    }

match outcome with
| Ok(search, nested) ->
    for trial in search.Trials |> Seq.sortBy _.Score.Mean do
        printfn $"{search.Metric} {trial.Score.Mean:F4}  {trial.Name}"

    // The score of the chosen trial is too good, since the trial was chosen by it. Report the nested one.
    let best = search.Trials[search.Chosen].Score.Mean
    printfn $"best trial {best:F4}, nested evaluation {nested.LogLoss.Mean:F4}"
| Error failure ->
    eprintfn $"{Outcome.explain failure}"
    exit 1
