module FunctionalStack.FSharp.Tests.RowsParityTests

open System
open FunctionalStack
open FunctionalStack.FSharp
open FsCheck.Xunit
open Xunit

type Mixed = {
    Number: float
    Count: int
    Word: string
    Truth: bool
    Letter: char
    Weekday: DayOfWeek
    Perhaps: Nullable<int>
}

[<Property>]
let ``C# and F# read the same columns`` (records: Mixed list) =
    Assert.Equal(Rows.ToFrame records, Frame.ofRecords records)

// A method, because only the lambda argument of a method becomes an expression.
type private Both =
    static member Same
        (
            records: Mixed list,
            fsharp: Quotations.Expr<Mixed -> 'Target>,
            csharp: Linq.Expressions.Expression<Func<Mixed, 'Target>>
        ) =
        let read = records |> Dataset.ofRecords fsharp
        Assert.Equal(Rows.ToDataset(records, csharp) |> Outcome.toResult, read)

[<Property>]
let ``C# and F# read the same targets`` (records: Mixed list) =
    Both.Same(records, <@ _.Number @>, (fun record -> record.Number))
    Both.Same(records, <@ _.Word @>, (fun record -> record.Word))
    Both.Same(records, <@ _.Truth @>, (fun record -> record.Truth))
    Both.Same(records, <@ _.Weekday @>, (fun record -> record.Weekday))
    Both.Same(records, <@ _.Perhaps @>, (fun record -> record.Perhaps))
