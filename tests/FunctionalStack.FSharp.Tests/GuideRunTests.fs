/// The guide's journal, budget, searches, intervals and thresholds, at work.
module FunctionalStack.FSharp.Tests.GuideRunTests

open FunctionalStack
open FunctionalStack.FSharp
open FunctionalStack.FSharp.Tests.GuideSnippets
open FunctionalStack.IO
open FunctionalStack.Laws
open Xunit

let safely (journal: IJournal) (budget: Budget) =
    Run.threads 4 |> Run.budget budget |> Run.journal journal

[<Fact>]
let ``long calls`` () =
    let token = System.Threading.CancellationToken.None

    let run =
        Run.threads 4
        |> Run.progress (fun p -> eprintfn $"{p.Done} of {p.Total}: {p.Label}")
        |> Run.cancellation token

    let outOfFold =
        result {
            let! data =
                Rows.ofSeq passengers |> Rows.drop [ "Name" ] |> Rows.target <@ _.Survived @>

            let! fit = survival |> Learner.fitWith run (Seed.Of 42) data
            return [ for part in fit.Scores -> part.Name, part.LogLoss.Mean ]
        }

    Assert.Equal<string list>([ "knn"; "tree"; "stack" ], outOfFold |> Result.defaultValue [] |> List.map fst)

[<Fact>]
let ``a task`` () =
    let data =
        Rows.ofSeq passengers
        |> Rows.drop [ "Name" ]
        |> Rows.target <@ _.Survived @>
        |> Result.defaultWith (fun failure -> failwith $"{failure}")

    let later = survival |> Learner.fitAsync (Run.threads 2) (Seed.Of 42) data

    Assert.Equal(survival |> Learner.fit (Seed.Of 42) data, Async.RunSynchronously later)

[<Fact>]
let ``long runs`` () =
    let rows = Rows.ofSeq passengers |> Rows.drop [ "Name" ]

    let data =
        rows
        |> Rows.target <@ _.Survived @>
        |> Result.defaultWith (fun failure -> failwith $"{failure}")

    let folder = System.IO.Directory.CreateTempSubdirectory "functionalstack-guide-"

    try
        for found in [ 0; 10 ] do
            use journal = FunctionalStack.IO.RunJournal.Open(folder.FullName).OrThrow()
            let fit = survival |> Learner.fitWith (safely journal (Budget())) (Seed.Of 42) data
            Assert.Equal(survival |> Learner.fit (Seed.Of 42) data, fit)
            Assert.Equal(found, journal.Report.Found)
    finally
        folder.Delete true

[<Fact>]
let tuning () =
    let deeper =
        Stack.bases [ "tree", tree |> Learner.preprocess Prepare.forTrees ]
        |> Stack.meta (logistic 1.0)

    let boosted =
        gradientBoosting 50
        |> Learner.preprocess Prepare.forBoosting
        |> tuned [ "maxDepth", Tune.values [ 2; 3; 4 ]; "eta", Tune.logRange 0.03 0.3 ]
        |> Tune.random 5

    let weighted =
        deeper
        |> tuned [ "meta.c", Tune.values [ 0.1; 1.0; 10.0 ] ]
        |> Tune.grid
        |> Tune.folds (Folds.usual 3)

    let best =
        Tune.candidates [
            "boosted", boosted
            "bayes", naiveBayes |> Learner.preprocess Prepare.forLinear
        ]

    Assert.Equal(2, best.Candidates.Count)

    let counts =
        result {
            let! data =
                Rows.ofSeq passengers |> Rows.drop [ "Name" ] |> Rows.target <@ _.Survived @>

            let! found = boosted |> Learner.fitWith (Run.threads 2) (Seed.Of 42) data
            let! chosen = weighted |> Learner.fitWith (Run.threads 2) (Seed.Of 42) data
            return found.Searches[0].Trials.Count, chosen.Searches[0].Trials.Count
        }

    Assert.Equal(Ok(5, 3), counts)

[<Fact>]
let ``scores and explanations`` () =
    let data =
        Rows.ofSeq passengers
        |> Rows.drop [ "Name" ]
        |> Rows.target <@ _.Survived @>
        |> Result.defaultWith (fun failure -> failwith $"{failure}")

    let labelled = data |> Dataset.take [ 0..29 ]
    let days = Seq.init data.RowCount float
    let folder = System.IO.Directory.CreateTempSubdirectory("report-").FullName

    let reported =
        result {
            let! scores = survival |> Learner.evaluate 5 (Seed.Of 42) data
            return! Report.ofEvaluation data scores |> Report.save folder
        }

    let curve =
        survival
        |> Learner.learningCurve (Run.threads 2) (Folds.usual 5) [ 0.25; 0.5 ] (Seed.Of 42) data
        |> Result.map (fun found -> [ for point in found.LearningCurve -> point.MeanRows, point.LogLoss.Mean ])

    let compared =
        result {
            let! scores =
                survival
                |> Learner.evaluateWith (Run.threads 2) (Folds.usual 5) (Seed.Of 42) data

            return
                Evaluation.withBestBase data scores
                |> Option.map (fun compared -> compared.Difference, compared.P),
                Evaluation.simplest data scores |> Option.map _.Name
        }

    let explained =
        result {
            let! forest =
                randomForest 50
                |> Learner.preprocess Prepare.forTrees
                |> Learner.fit (Seed.Of 42) data

            let! scores = forest |> Model.score (Seed.Of 42) labelled
            let! importance = forest |> Explain.importance (Seed.Of 42) labelled
            let! byAge = forest |> Explain.partialDependence "Age" labelled.Frame
            let shap = forest |> Explain.shap labelled.Frame

            let! shares =
                forest
                |> Explain.shapSampled (Seed.Of 42) (labelled.Frame.Take(EquatableArray.Range 5)) labelled.Frame

            return scores.LogLoss.StandardError, importance, byAge, shap, shares
        }

    let findings =
        survival
        |> Audit.runWith (Run.threads 2) None (Seed.Of 42) data
        |> Result.map (fun report -> [ for finding in report.Findings -> finding.What, finding.Remedy ])

    let daily = data |> Dataset.withTime days |> Dataset.withGap 7.0

    match compared, explained with
    | Ok(Some(_, p), Some _), Ok(error, importance, byAge, Some(Ok shap), shares) ->
        Assert.InRange(p, 0.0, 1.0)
        Assert.True(error > 0.0)
        Assert.Equal<string list>([ "Sex"; "Age"; "Siblings" ], importance |> List.map _.Column)
        Assert.True(byAge.Grid.Count > 1 && shap.Columns.Count >= 3)
        Assert.Equal<EquatableArray<string>>(labelled.Frame.Names, shares.Columns)
    | other -> failwith $"{other}"

    Assert.True(findings.IsOk)

    match curve with
    | Ok points -> Assert.Equal(3, points.Length)
    | Error failure -> failwith $"{failure}"

    Assert.Equal(7.0, daily.Roles.Gap)
    Assert.Equal(Ok(System.IO.Path.Combine(folder, "index.html")), reported)
    System.IO.Directory.Delete(folder, true)

type House = { Area: float; Price: float }

[<Fact>]
let ``intervals, sets and thresholds`` () =
    let houses = [
        for i in 0..59 ->
            {
                Area = 40.0 + float (i % 30)
                Price = 100.0 + 3.0 * float (i % 30) + float (i % 7)
            }
    ]

    let careful =
        survival
        |> Learner.conformal 5
        |> Learner.thresholded (Threshold.Cost(falseNegative = 5.0, falsePositive = 1.0))

    let intervals =
        result {
            let! prices = Rows.ofSeq houses |> Rows.target <@ _.Price @>
            let! priced = ridge 1.0 |> Learner.conformal 10 |> Learner.fit (Seed.Of 42) prices
            let! quantiles = priced |> Model.predictQuantiles [ 0.1; 0.5; 0.9 ] prices.Frame
            printfn $"median {quantiles[0, 1]}, 90%% quantile {quantiles[0, 2]}"
            return! priced |> Model.predictInterval 0.9 prices.Frame
        }

    Assert.Equal(Ok 60, intervals |> Result.map _.Count)

    let sets =
        result {
            let! data =
                Rows.ofSeq passengers |> Rows.drop [ "Name" ] |> Rows.target <@ _.Survived @>

            let! found = careful |> Learner.fit (Seed.Of 42) data
            return! found |> Model.predictSet 0.9 data.Frame
        }

    Assert.Equal(Ok 60, sets |> Result.map _.Count)

[<Fact>]
let ``a model in ONNX`` () =
    let path = System.IO.Path.GetTempFileName()
    let onnxPath = path + ".onnx"

    let data =
        Rows.ofSeq passengers
        |> Rows.drop [ "Name" ]
        |> Rows.target <@ _.Survived @>
        |> Result.defaultWith (fun failure -> failwith $"{failure}")

    match survival |> Learner.fit (Seed.Of 42) data with
    | Ok model -> model |> Model.save path |> ignore
    | Error failure -> failwith (Outcome.explain failure)

    let exported =
        result {
            let! saved = Model.load path
            let! onnx = saved |> Model.toOnnx
            return! onnx.Save onnxPath
        }

    Assert.True(Result.isOk exported)
    System.IO.File.Delete path
    System.IO.File.Delete onnxPath

[<Fact>]
let ``the laws of a learner`` () =
    let results =
        LearnerLaws.Check(knn 3 |> Learner.preprocess Prepare.forDistances, LawOptions(Catalogue = Library.Catalogue))

    Assert.DoesNotContain(results, _.IsBroken)
