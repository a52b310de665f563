namespace FunctionalStack.FSharp

open System
open FunctionalStack

/// Creates columns.
[<RequireQualifiedAccess>]
module Column =

    /// A numeric column; nan is a missing value.
    let numeric (values: float seq) : Column =
        Column.Numeric(EquatableArray.From values)

    /// A numeric column; None is a missing value.
    let numericOptions (values: float option seq) : Column =
        values |> Seq.map (Option.defaultValue nan) |> numeric

    /// A categorical column with its levels in ordinal order; the empty string is a missing value.
    let categorical (values: string seq) : Column =
        Column.Categorical.Of(Array.ofSeq values)

    /// A categorical column; None is a missing value.
    let categoricalOptions (values: string option seq) : Column =
        values |> Seq.map (Option.defaultValue "") |> categorical

/// Creates and changes frames.
[<RequireQualifiedAccess>]
module Frame =

    /// A frame of named columns. Throws ArgumentException if names are repeated or lengths differ.
    let ofColumns (columns: (string * Column) seq) : Frame =
        Frame.Of([| for name, column in columns -> struct (name, column) |])

    /// The column with this name, if any.
    let tryColumn (name: string) (frame: Frame) : Column option = Option.ofObj (frame.Find name)

    /// The names of the columns.
    let names (frame: Frame) : string list = List.ofSeq frame.Names

    /// The number of rows.
    let rowCount (frame: Frame) : int = frame.RowCount

    /// Replaces the column with this name, or appends it if there is none.
    let add (name: string) (column: Column) (frame: Frame) : Frame = frame.With(name, column)

    /// Drops the columns with these names.
    let without (names: string seq) (frame: Frame) : Frame = frame.Without(Array.ofSeq names)

    /// Selects columns by name, in this order. Throws KeyNotFoundException if a name is unknown.
    let select (names: string seq) (frame: Frame) : Frame = frame.Select(Array.ofSeq names)

    /// Appends the columns of the second frame to those of the first.
    let beside (second: Frame) (first: Frame) : Frame = first.Beside second

    /// The rows with these indices, in this order. Indices may be repeated.
    let take (rows: int seq) (frame: Frame) : Frame = frame.Take(EquatableArray.From rows)

    /// A frame with all numeric and categorical fields of the records as columns. Other fields are left out.
    let ofRecords (records: 'Row seq) : Frame =
        Records.reader<'Row>.Frame(ReadOnlySpan(Array.ofSeq records))
