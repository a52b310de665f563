namespace FunctionalStack.FSharp

open System
open FunctionalStack

[<RequireQualifiedAccess>]
module Column =

    /// Numbers; nan stands for a missing value.
    let numeric (values: float seq) : Column = Column.Numeric(EquatableArray.From values)

    /// Numbers, some of them missing.
    let numericOptions (values: float option seq) : Column =
        values |> Seq.map (Option.defaultValue nan) |> numeric

    /// Words, as categories whose levels are in ordinal order; the empty word is missing.
    let categorical (values: string seq) : Column =
        Column.Categorical.Of(Array.ofSeq values)

    /// Words, some of them missing.
    let categoricalOptions (values: string option seq) : Column =
        values |> Seq.map (Option.defaultValue "") |> categorical

[<RequireQualifiedAccess>]
module Frame =

    /// Named columns of one length. Throws ArgumentException where two share a name or lengths differ.
    let ofColumns (columns: (string * Column) seq) : Frame =
        Frame.Of([| for name, column in columns -> struct (name, column) |])

    /// The column of that name.
    let tryColumn (name: string) (frame: Frame) : Column option = Option.ofObj (frame.Find name)

    let names (frame: Frame) : string list = List.ofSeq frame.Names

    let rowCount (frame: Frame) : int = frame.RowCount

    /// With the column under that name: replaced in place where the name exists, else appended.
    let add (name: string) (column: Column) (frame: Frame) : Frame = frame.With(name, column)

    /// Without the columns of these names.
    let without (names: string seq) (frame: Frame) : Frame = frame.Without(Array.ofSeq names)

    /// The columns of these names, in that order. Throws KeyNotFoundException where one is unknown.
    let select (names: string seq) (frame: Frame) : Frame = frame.Select(Array.ofSeq names)

    /// The first frame's columns, then the second's.
    let beside (second: Frame) (first: Frame) : Frame = first.Beside second

    /// The rows at these places, in that order; repeats are allowed.
    let take (rows: int seq) (frame: Frame) : Frame = frame.Take(EquatableArray.From rows)

    /// All fields of the records that are numbers or categories, as columns named as the fields; others are left out.
    let ofRecords (records: 'Row seq) : Frame =
        Records.reader<'Row>.Frame(ReadOnlySpan(Array.ofSeq records))
