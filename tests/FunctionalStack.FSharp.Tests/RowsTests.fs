module FunctionalStack.FSharp.Tests.RowsTests

open System
open FunctionalStack
open FunctionalStack.FSharp
open FunctionalStack.Laws
open Xunit

type Size =
    | Small
    | Medium
    | Large

type Animal = {
    Name: string option
    Legs: int
    Weight: float option
    Wild: bool
    Size: Size
    Shade: Size option
    Day: DayOfWeek
    Price: Nullable<decimal>
}

type Keyed = { Key: Guid; Good: bool }

type Outing = {
    When: DateTime
    Share: float
    Town: string
    Fold: int
    Rained: bool
}

let private animals = [
    {
        Name = Some "cat"
        Legs = 4
        Weight = Some 4.5
        Wild = false
        Size = Medium
        Shade = None
        Day = DayOfWeek.Monday
        Price = Nullable 10.25m
    }
    {
        Name = None
        Legs = 2
        Weight = None
        Wild = true
        Size = Small
        Shade = Some Large
        Day = DayOfWeek.Sunday
        Price = Nullable()
    }
]

let private outings = [
    {
        When = DateTime.UnixEpoch
        Share = 1.0
        Town = "Bern"
        Fold = 0
        Rained = true
    }
    {
        When = DateTime.UnixEpoch
        Share = 0.0
        Town = "Graz"
        Fold = 1
        Rained = false
    }
    {
        When = DateTime.UnixEpoch
        Share = 2.5
        Town = "Bern"
        Fold = 1
        Rained = true
    }
]

let private value result =
    match result with
    | Ok value -> value
    | Error(failure: Failure) -> failwith (Outcome.explain failure)

let private levels words codes : Column =
    Column.Categorical(EquatableArray.From<string> words, EquatableArray.From<int> codes)

[<Fact>]
let ``fields become columns`` () =
    let days = Enum.GetNames<DayOfWeek>()

    let expected =
        Frame.ofColumns [
            "Name", Column.categoricalOptions [ Some "cat"; None ]
            "Legs", Column.numeric [ 4.0; 2.0 ]
            "Weight", Column.numericOptions [ Some 4.5; None ]
            "Wild", Column.numeric [ 0.0; 1.0 ]
            "Size", levels [ "Small"; "Medium"; "Large" ] [ 1; 0 ]
            "Shade", levels [ "Small"; "Medium"; "Large" ] [ -1; 2 ]
            "Day", levels days [ 1; 0 ]
            "Price", Column.numericOptions [ Some 10.25; None ]
        ]

    Assert.Equal<string list>(Frame.names expected, Frame.names (Frame.ofRecords animals))
    Assert.Equal(expected, Frame.ofRecords animals)

[<Fact>]
let ``the type of the target determines its kind`` () =
    let target quoted =
        (animals |> Dataset.ofRecords quoted |> value).Target

    Assert.Equal(Target.classes [ "False"; "True" ], target <@ fun a -> a.Wild @>)
    Assert.Equal(Target.classes [ "True"; "False" ], target <@ fun a -> a.Legs = 4 @>)
    Assert.Equal(Target.numeric [ 4.0; 2.0 ], animals |> Dataset.ofRecords <@ _.Legs @> |> value |> _.Target)

    match animals |> Dataset.ofRecords <@ _.Size @> |> value |> _.Target with
    | ClassTarget(levels, codes) ->
        Assert.Equal<string list>([ "Small"; "Medium" ], levels)
        Assert.Equal<int array>([| 1; 0 |], codes)
    | NumericTarget _ -> failwith "a union without fields is classes"

[<Fact>]
let ``fields read by the target are not features`` () =
    let features =
        animals
        |> Dataset.ofRecords <@ fun a -> a.Legs > 3 && a.Wild @>
        |> value
        |> _.Frame
        |> Frame.names

    Assert.Equal<string list>([ "Name"; "Weight"; "Size"; "Shade"; "Day"; "Price" ], features)

[<Fact>]
let ``weights, groups and folds are not features`` () =
    let data =
        Rows.ofSeq outings
        |> Rows.drop [ "When" ]
        |> Rows.frequencies <@ fun outing -> 2.0 * outing.Share @>
        |> Rows.groups <@ _.Town @>
        |> Rows.folds <@ _.Fold @>
        |> Rows.target <@ _.Rained @>
        |> value

    let roles =
        Roles(
            Target.classes [ "True"; "False"; "True" ],
            EquatableArray.Of(2.0, 0.0, 5.0),
            EquatableArray.Of(0, 1, 0),
            EquatableArray.Of(0, 1, 1),
            WeightKind = WeightKind.Frequency,
            TargetName = "Rained"
        )

    Assert.Equal(roles, data.Roles)
    Assert.Empty(Frame.names data.Frame)

[<Fact>]
let ``times are not a feature`` () =
    let data =
        Rows.ofSeq outings
        |> Rows.time <@ _.When @>
        |> Rows.drop [ "Town" ]
        |> Rows.target <@ _.Rained @>
        |> value

    Assert.Equal(Nullable(EquatableArray.Of(0.0, 0.0, 0.0)), data.Roles.Time)
    Assert.Equal<string list>([ "Share"; "Fold" ], Frame.names data.Frame)

[<Fact>]
let ``unreadable fields fail by name with a remedy`` () =
    let failure result =
        match result with
        | Ok(_: Dataset) -> failwith "it should have failed"
        | Error failure -> failure

    let unread =
        [ { Key = Guid.Empty; Good = true } ]
        |> Dataset.ofRecords <@ _.Good @>
        |> failure

    Assert.Equal("Keyed.Key", unread.Where)
    Assert.Contains("Rows.drop", unread.Remedy)
    Assert.Equal("row 2", (animals |> Dataset.ofRecords <@ _.Name @> |> failure).Where)
    Assert.Equal("row 2", (animals |> Dataset.ofRecords <@ _.Weight @> |> failure).Where)
    Assert.Equal("the target", (outings |> Dataset.ofRecords <@ _.When @> |> failure).Where)
    Assert.Equal("rows", ([]: Animal list) |> Dataset.ofRecords <@ _.Wild @> |> failure |> _.Where)

    let weighed =
        Rows.ofSeq animals
        |> Rows.weights <@ fun a -> float -a.Legs @>
        |> Rows.target <@ _.Wild @>
        |> failure

    Assert.Contains("-4", weighed.What)

    let grouped =
        Rows.ofSeq animals
        |> Rows.groups <@ _.Name @>
        |> Rows.target <@ _.Wild @>
        |> failure

    Assert.Equal("row 2", grouped.Where)

[<Fact>]
let ``records are returned with their predictions`` () =
    let answers target =
        let model =
            Rows.ofSeq animals
            |> Rows.target target
            |> Result.bind (fun data -> Nearest() |> Learner.fit (Seed.Of 1) data)
            |> value

        model |> Model.predictRecords animals |> value

    Assert.Equal<Predicted<Animal> list>(
        [
            {
                Row = animals[0]
                Answer = Class("Medium", Map [ "Medium", 1.0; "Small", 0.0 ])
            }
            {
                Row = animals[1]
                Answer = Class("Small", Map [ "Medium", 0.0; "Small", 1.0 ])
            }
        ],
        answers <@ _.Size @>
    )

    Assert.Equal<Answer list>([ Value 4.0; Value 2.0 ], answers <@ _.Legs @> |> List.map _.Answer)

[<Fact>]
let ``an unknown field is refused by name`` () =
    match Rows.ofSeq animals |> Rows.drop [ "Nmae" ] |> Rows.target <@ _.Wild @> with
    | Ok _ -> failwith "it should have failed"
    | Error failure ->
        Assert.Equal("Animal", failure.Where)
        Assert.StartsWith("Did you mean 'Name'?", failure.Remedy)

[<Fact>]
let ``options, voptions and unions are read by their type`` () =
    let rows = [
        {|
            A = ValueSome 1.5
            B = Some(ValueSome "x")
            C = Some true
            D = Small
            E = (None: int option)
        |}
        {|
            A = ValueNone
            B = None
            C = None
            D = Large
            E = None
        |}
    ]

    let expected =
        Frame.ofColumns [
            "A", Column.numericOptions [ Some 1.5; None ]
            "B", Column.categoricalOptions [ Some "x"; None ]
            "C", Column.numericOptions [ Some 1.0; None ]
            "D", levels [ "Small"; "Medium"; "Large" ] [ 0; 2 ]
            "E", Column.numericOptions [ None; None ]
        ]

    Assert.Equal(expected, Frame.ofRecords rows)

[<Fact>]
let ``C# and F# build the same dataset of the same records`` () =
    let rows = [ {| X = 1.5; Word = "a"; Yes = true |}; {| X = nan; Word = ""; Yes = false |} ]

    Assert.Equal(Rows.ToDataset(rows, (fun row -> row.Yes)).OrThrow(), rows |> Dataset.ofRecords <@ _.Yes @> |> value)
