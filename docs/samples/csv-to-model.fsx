// A CSV file of your own: read it, fit a stack, save the model, load it, and ask it about one record.
//   dotnet build src/FunctionalStack.FSharp -c Release
//   dotnet fsi docs/samples/csv-to-model.fsx
#load "load.fsx"

open System.IO
open FunctionalStack
open FunctionalStack.FSharp

// Three different learners. Each is fitted on 4/5 of the rows and predicts the other 1/5, five times. Such out-of-fold
// predictions train the meta-learner, which decides how much each of the three counts.
let leaving =
    stack {
        baseLearner "boosting" (gradientBoosting 60 |> Learner.preprocess Prepare.forBoosting)
        baseLearner "forest" (randomForest 60 |> Learner.preprocess Prepare.forTrees)
        baseLearner "logistic" (logistic 1.0 |> Learner.preprocess Prepare.forLinear)
        meta opinionPool
    }

let path =
    Path.Combine(Path.GetTempPath(), $"customers-{System.Environment.ProcessId}.fstack")

let outcome =
    result {
        // Each row is a customer, and the column 'left' is whether they left. 'customer' identifies the row, so it is
        // no
        // feature. Numbers stay numbers, other text becomes categories, and empty cells are missing values.
        let! customers =
            Csv.read (Path.Combine(__SOURCE_DIRECTORY__, "customers.csv"))
            |> Csv.id "customer"
            |> Csv.target "left"

        // The seed fixes the folds and all random draws: the same seed gives the same model, with any number of
        // threads.
        let! fit = leaving |> Learner.fitWith (Run.threads 2) (Seed.Of 42) customers

        // The scores on rows that the models had not seen, best first.
        printfn $"{fit}"

        // One file has everything: preprocessing, bases and meta-learner. It contains no code.
        let! saved = fit |> Model.save path
        let! model = Model.load saved

        // Any record with the columns as fields can be asked about.
        return!
            model
            |> Model.predictRecords [
                {|
                    plan = "basic"
                    months = 3
                    price = 11.9
                    tickets = 4
                    country = "FR"
                |}
            ]
    }

File.Delete path

match outcome with
| Ok answers ->
    for answer in answers do
        match answer.Answer with
        | Class(name, probabilities) -> printfn $"left: {name}, probability {probabilities[name]:P0}"
        | Value number -> printfn $"{number}"
| Error failure ->
    eprintfn $"{Outcome.explain failure}"
    exit 1
