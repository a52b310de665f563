/// The F# block of docs/cluster.md. It is compiled and not run, since it needs Redis.
module internal FunctionalStack.FSharp.Tests.ClusterSnippets

open System
open FunctionalStack
open FunctionalStack.Cluster
open FunctionalStack.FSharp

let connected (stack: ILearner) (data: Dataset) =
    use cluster =
        FitCluster.Connect("redis://redis:6379", "fstack", TimeSpan.FromSeconds 60.0).OrThrow()

    let fit =
        stack
        |> Learner.fitWith (Run.threads 2 |> Run.on cluster.Executor) (Seed.Of 42) data

    fit
