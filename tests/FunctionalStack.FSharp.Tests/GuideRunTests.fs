/// The guide's journal and budget, at work.
module FunctionalStack.FSharp.Tests.GuideRunTests

open FunctionalStack
open FunctionalStack.FSharp
open FunctionalStack.FSharp.Tests.GuideSnippets
open Xunit

let safely (journal: IJournal) (budget: Budget) =
    Run.threads 4 |> Run.budget budget |> Run.journal journal

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
