module FunctionalStack.FSharp.Tests.OutcomeTests

open FunctionalStack
open FunctionalStack.FSharp
open Xunit

[<Fact>]
let ``a failure becomes an Error`` () =
    let failure = Failure("here", "it is empty", "Fill it.")
    Assert.Equal(Error failure, Outcome.toResult (Outcome<int>.Fail failure))
