/// Every member of the C# facade has a counterpart in F#. The table lists the pairs, and both sides are checked.
module FunctionalStack.FSharp.Tests.ParityTests

open System
open System.Reflection
open FunctionalStack
open FunctionalStack.FSharp
open Xunit

let private table = [
    typeof<Stacking>,
    [
        "Of", "Stack.bases"
        "And", "Stack.add"
        "Without", "Stack.without"
        "Folds", "Stack.folds"
        "TimeFolds", "Folds.timeOrdered"
        "GivenFolds", "Folds.given"
        "HoldOut", "Folds.holdOut"
        "Shuffled", "Folds.shuffled"
        "Repeated", "Folds.repeated"
        "Average", "Stack.average"
        "Refit", "Stack.refit"
        "StackMethod", "Stack.stackMethod"
        "StackColumns", "Stack.stackColumns"
        "DropFirstClass", "Stack.dropFirstClass"
        "Passthrough", "Stack.passthrough"
        "PassthroughAll", "Stack.passthroughAll"
        "LeaveOutFailures", "Stack.leaveOutFailures"
        "Prune", "Stack.prune"
        "Meta", "Stack.meta"
        "Metas", "Stack.metas"
    ]
    typeof<Running>,
    [
        "Fit", "Learner.fitWith"
        "FitAsync", "Learner.fitAsync"
        "Evaluate", "Learner.evaluateWith"
        "EvaluateAsync", "Learner.evaluateAsync"
        "LearningCurve", "Learner.learningCurve"
        "Predict", "Model.predictWith"
        "PredictOrThrow", "Model.predict"
    ]
    typeof<Learn>,
    [
        "Majority", "Learners.majority"
        "Knn", "Learners.knn"
        "NaiveBayes", "Learners.naiveBayes"
        "MultinomialNaiveBayes", "Learners.multinomialNaiveBayes"
        "BernoulliNaiveBayes", "Learners.bernoulliNaiveBayes"
        "Lda", "Learners.lda"
        "Qda", "Learners.qda"
        "Logistic", "Learners.logistic"
        "Svm", "Learners.svm"
        "Ridge", "Learners.ridge"
        "RidgeCV", "Learners.ridgeCV"
        "Lasso", "Learners.lasso"
        "ElasticNet", "Learners.elasticNet"
        "ConvexWeights", "Learners.convexWeights"
        "NonNegative", "Learners.nonNegative"
        "Greedy", "Learners.greedy"
        "OpinionPool", "Learners.opinionPool"
        "Calibration", "Learners.calibration"
        "Tree", "Learners.tree"
        "RandomForest", "Learners.randomForest"
        "ExtraTrees", "Learners.extraTrees"
        "Bagging", "Learners.bagging"
        "Voting", "Learners.voting"
        "Ordinal", "Learners.ordinal"
        "AdaBoost", "Learners.adaBoost"
        "GradientBoosting", "Learners.gradientBoosting"
        "Net", "Learners.net"
        "Network", "Learners.network"
        "Calibrated", "Learner.calibrated"
        "Preprocess", "Learner.preprocess"
        "Columns", "Learner.columns"
        "Tuned", "Learners.tuned"
        "Balanced", "Learners.balanced"
        "Conformal", "Learner.conformal"
        "Thresholded", "Learner.thresholded"
    ]
    typeof<Prepare>,
    [
        "ForLinear", "Prepare.forLinear"
        "ForDistances", "Prepare.forDistances"
        "ForCounts", "Prepare.forCounts"
        "ForTrees", "Prepare.forTrees"
        "ForBoosting", "Prepare.forBoosting"
        "DropUseless", "Prepare.dropUseless"
        "Impute", "Prepare.impute"
        "Standardize", "Prepare.standardize"
        "MinMax", "Prepare.minMax"
        "Log1p", "Prepare.log1p"
        "TfIdf", "Prepare.tfIdf"
        "BagOfWords", "Prepare.bagOfWords"
        "OneHot", "Prepare.oneHot"
        "Ordinal", "Prepare.ordinal"
        "Whiten", "Prepare.whiten"
        "TargetEncode", "Prepare.targetEncode"
    ]
    typeof<FunctionalStack.Rows>,
    [
        "Of", "Rows.ofSeq"
        "ToDataset", "Dataset.ofRecords"
        "ToFrame", "Frame.ofRecords"
        "For", "Model.forRecords"
        "For", "Model.forAnswers"
        "Predict", "Model.predictRecords"
    ]
    typedefof<FunctionalStack.Rows<_>>,
    [
        "Drop", "Rows.drop"
        "Weights", "Rows.weights"
        "Groups", "Rows.groups"
        "Folds", "Rows.folds"
        "Time", "Rows.time"
        "Target", "Rows.target"
    ]
    typeof<Exports>, [ "ToOnnx", "Model.toOnnx"; "ToOnnx", "Network.toOnnx" ]
    typeof<Imports>, [ "FromOnnx", "Network.fromOnnx" ]
    typeof<FunctionalStack.Model>, [ "Save", "Model.save"; "Load", "Model.load" ]
    typeof<FunctionalStack.Csv>, [ "Read", "Csv.read" ]
    typeof<FunctionalStack.Images>,
    [
        "Read", "Images.read"
        "ToPredict", "Images.toPredict"
        "ToScore", "Images.toScore"
    ]
    typeof<Tables>, [ "ToDataset", "Dataset.ofTable" ]
    // The prediction of a row is a union, read by matching on Answer.
    typedefof<FunctionalStack.Predicted<_>>, []
]

let private generated =
    set [
        "Equals"
        "GetHashCode"
        "ToString"
        "Deconstruct"
        "<Clone>$"
        "op_Equality"
        "op_Inequality"
    ]

let private verbs (facade: Type) =
    facade.GetMethods(
        BindingFlags.Public
        ||| BindingFlags.Instance
        ||| BindingFlags.Static
        ||| BindingFlags.DeclaredOnly
    )
    |> Seq.filter (fun verb -> not verb.IsSpecialName)
    |> Seq.map _.Name
    |> Seq.append (
        facade.GetProperties(BindingFlags.Public ||| BindingFlags.Static)
        |> Seq.map _.Name
    )
    |> Seq.filter (generated.Contains >> not)
    |> Set.ofSeq

let private members =
    set [
        for kind in typeof<Run>.Assembly.GetExportedTypes() do
            let name =
                if kind.Name.EndsWith "Module" then
                    kind.Name[.. kind.Name.Length - 7]
                else
                    kind.Name

            for one in kind.GetMembers(BindingFlags.Public ||| BindingFlags.Static) -> $"{name}.{one.Name}"
    ]

[<Fact>]
let ``the table has every member of the facade and no other`` () =
    for facade, entries in table do
        let listed = entries |> List.map fst |> Set.ofList
        Assert.True((verbs facade = listed), $"{facade.Name}: {verbs facade} is not {listed}")

[<Fact>]
let ``the table has every public type of the facade`` () =
    let listed = table |> List.map (fst >> _.Name) |> Set.ofList

    let all =
        typeof<Stacking>.Assembly.GetExportedTypes() |> Seq.map _.Name |> Set.ofSeq

    Assert.Equal<string Set>(all, listed)

[<Fact>]
let ``every member in the table exists`` () =
    for facade, entries in table do
        for verb, name in entries do
            Assert.True(members.Contains name, $"{facade.Name}.{verb} should be {name}, which is not there")

/// Members of the core that both languages call, and their functions.
let private ofCore = [
    typeof<Scoring>, [ "Score", "Model.score" ]
    typeof<Reports>, [ "Report", "Report.ofEvaluation"; "Report", "Report.ofFit" ]
    typeof<HtmlReport>, [ "Save", "Report.save"; "Check", "Report.check" ]
    typeof<Explaining>,
    [
        "PermutationImportance", "Explain.importance"
        "PartialDependence", "Explain.partialDependence"
    ]
    typeof<FunctionalStack.Learners.Shap>, [ "Of", "Explain.shap"; "Sampled", "Explain.shapSampled" ]
    typeof<FunctionalStack.Auditing.DataAudit>, [ "Audit", "Audit.run" ]
    typeof<FunctionalStack.IO.CsvRows>,
    [
        "Id", "Csv.id"
        "Drop", "Csv.drop"
        "Weights", "Csv.weights"
        "Groups", "Csv.groups"
        "Time", "Csv.time"
        "Gap", "Csv.gap"
        "Folds", "Csv.folds"
        "Categorical", "Csv.categorical"
        "Kind", "Csv.kind"
        "Order", "Csv.order"
        "Text", "Csv.text"
        "Target", "Csv.target"
        "Training", "Csv.training"
        "ToPredict", "Csv.toPredict"
    ]
    typeof<FunctionalStack.IO.NetworkFile>,
    [
        "Save", "Network.save"
        "Save", "Network.saveModel"
        "Load", "Network.load"
        "SaveCheckpoint", "Network.saveCheckpoint"
        "LoadCheckpoint", "Network.loadCheckpoint"
    ]
]

/// Properties of a definition, and what the tool asks about a file.
let private described = set [ "Path"; "Resizes"; "History" ]

[<Fact>]
let ``members of the core have functions`` () =
    for core, entries in ofCore do
        Assert.Equal<string Set>(Set.difference (verbs core) described, entries |> Seq.map fst |> Set.ofSeq)

        for _, name in entries do
            Assert.True(members.Contains name, name)

/// Names that differ in F#, as its modules and pipelines require.
let private otherwise =
    set [
        "Of"
        "And"
        "TimeFolds"
        "GivenFolds"
        "PredictOrThrow"
        "Fit"
        "Evaluate"
        "For"
        "Predict"
        "ToDataset"
        "ToFrame"
    ]

[<Fact>]
let ``names are equal up to case`` () =
    for facade, entries in table do
        for verb, name in entries do
            if not (otherwise.Contains verb) then
                Assert.Equal(verb, name.Substring(name.IndexOf '.' + 1), ignoreCase = true)
