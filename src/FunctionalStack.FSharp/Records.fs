namespace FunctionalStack.FSharp

open System
open Microsoft.FSharp.Linq.RuntimeHelpers
open Microsoft.FSharp.Quotations
open Microsoft.FSharp.Quotations.ExprShape
open Microsoft.FSharp.Reflection
open FunctionalStack

/// How fields of records are read as columns.
module internal Records =

    type private Reader =
        | Numbers of (objnull -> float)
        /// The levels the type declares, in its order, and the word of a value.
        | Words of declared: string list * word: (objnull -> string option)

    let private isOption (kind: Type) =
        kind.IsGenericType
        && (kind.GetGenericTypeDefinition() = typedefof<option<_>>
            || kind.GetGenericTypeDefinition() = typedefof<voption<_>>)

    let private plainCases (kind: Type) =
        if FSharpType.IsUnion kind then
            let cases = FSharpType.GetUnionCases kind

            if cases |> Array.forall (fun case -> Array.isEmpty (case.GetFields())) then
                Some [ for case in cases -> case.Name ]
            else
                None
        else
            None

    /// None where values of the type are neither numbers nor words.
    let rec private reader (kind: Type) : Reader option =
        let word (value: objnull) =
            Option.ofObj value |> Option.map string |> Option.filter ((<>) "")

        match Nullable.GetUnderlyingType kind, Type.GetTypeCode kind with
        | null, _ when isOption kind ->
            let inside (value: objnull) =
                match FSharpValue.GetUnionFields(value, kind) with
                | _, [| held |] -> Some held
                | _ -> None

            match reader kind.GenericTypeArguments[0] with
            | Some(Numbers number) -> Some(Numbers(inside >> Option.map number >> Option.defaultValue nan))
            | Some(Words(declared, word)) -> Some(Words(declared, inside >> Option.bind word))
            | None -> None
        | null, _ when kind.IsEnum -> Some(Words(List.ofArray (Enum.GetNames kind), word))
        | null, TypeCode.Boolean -> Some(Numbers Convert.ToDouble)
        | null, (TypeCode.String | TypeCode.Char) -> Some(Words([], word))
        | null, code when code >= TypeCode.SByte && code <= TypeCode.Decimal -> Some(Numbers Convert.ToDouble)
        | null, _ ->
            plainCases kind
            |> Option.map (fun cases ->
                Words(cases, fun value -> Some (fst (FSharpValue.GetUnionFields(value, kind))).Name))
        | underlying, _ ->
            // A boxed Nullable is null or the value itself.
            match reader underlying with
            | Some(Numbers number) -> Some(Numbers(fun value -> if isNull value then nan else number value))
            | words -> words

    let private levels declared (words: string option array) =
        let found =
            words |> Seq.choose id |> Seq.distinct |> Seq.except declared |> Array.ofSeq

        Array.Sort(found, StringComparer.Ordinal)
        Array.append (Array.ofList declared) found

    let private codes (levels: string array) =
        let codeOf = dict (levels |> Seq.mapi (fun code level -> level, code))
        fun level -> codeOf[level]

    let private fields<'Row> () =
        if FSharpType.IsRecord typeof<'Row> then
            FSharpType.GetRecordFields typeof<'Row>
        else
            typeof<'Row>.GetProperties()
            |> Array.filter (fun property -> property.CanRead && Array.isEmpty (property.GetIndexParameters()))

    let private column (records: 'Row array) (field: Reflection.PropertyInfo) : Column option =
        let values = lazy (records |> Array.map (fun record -> field.GetValue(box record)))

        match reader field.PropertyType with
        | Some(Numbers number) -> Some(Column.Numeric(Values.Own(values.Value |> Array.map number)))
        | Some(Words(declared, word)) ->
            let words = values.Value |> Array.map word
            let levels = levels declared words
            let codeOf = codes levels
            let code = Option.map codeOf >> Option.defaultValue -1
            Some(Column.Categorical(Values.Own levels, Values.Own(words |> Array.map code)))
        | None -> None

    let frame (records: 'Row array) : Frame =
        let columns =
            fields<'Row>()
            |> Seq.choose (fun field ->
                column records field
                |> Option.map (fun column -> NamedColumn(field.Name, column)))

        Frame(records.Length, Values.From columns)

    /// Every field but these, or what is wrong with the first that is neither number nor category.
    let features (without: string Set) (records: 'Row array) : Result<Frame, Failure> =
        let kept =
            fields<'Row>() |> Array.filter (fun field -> not (without.Contains field.Name))

        let columns = kept |> Array.map (column records)

        match Array.tryFindIndex Option.isNone columns with
        | Some at ->
            let field = kept[at]

            Error(
                Failure(
                    $"{typeof<'Row>.Name}.{field.Name}",
                    $"is of type {field.PropertyType.Name}, neither a number nor a category",
                    "Leave it out: Rows.without [ \"" + field.Name + "\" ]."
                )
            )
        | None ->
            let named =
                Array.map2
                    (fun (field: Reflection.PropertyInfo) column -> NamedColumn(field.Name, Option.get column))
                    kept
                    columns

            Ok(Frame(records.Length, Values.Own named))

    /// The fields of the record that a quoted function reads.
    let rec mentions (quoted: Expr) : string Set =
        match quoted with
        | Patterns.PropertyGet(Some(Patterns.Var _), field, []) -> Set.singleton field.Name
        | ShapeVar _ -> Set.empty
        | ShapeLambda(_, body) -> mentions body
        | ShapeCombination(_, parts) -> parts |> Seq.map mentions |> Set.unionMany

    /// The function that was quoted.
    let evaluate (quoted: Expr<'Row -> 'Value>) : 'Row -> 'Value =
        LeafExpressionConverter.EvaluateQuotation quoted |> unbox<'Row -> 'Value>

    /// Classes for words and truth, values for numbers; every row must have one.
    let target (read: 'Row -> 'Target) (records: 'Row array) : Result<Target, Failure> =
        let values = records |> Array.map (read >> box)

        let missing row =
            Error(
                Failure(
                    $"row {row + 1}",
                    "the target is missing or not finite",
                    "Leave out the rows whose target is unknown."
                )
            )

        let classes declared (words: string option array) =
            match Array.tryFindIndex Option.isNone words with
            | Some row -> missing row
            | None ->
                let found = words |> Seq.choose id |> Set.ofSeq
                let levels = levels declared words |> Array.filter found.Contains
                let codeOf = codes levels
                Ok(Target.Classes(Values.Own levels, Values.Own(words |> Array.map (Option.get >> codeOf))) :> Target)

        let rec isTruth (kind: Type) =
            kind = typeof<bool>
            || isOption kind && isTruth kind.GenericTypeArguments[0]
            || kind = typeof<Nullable<bool>>

        match reader typeof<'Target> with
        | Some(Numbers number) when isTruth typeof<'Target> ->
            let truth value =
                match number value with
                | 1.0 -> Some "True"
                | 0.0 -> Some "False"
                | _ -> None

            classes [] (values |> Array.map truth)
        | Some(Numbers number) ->
            let numbers = values |> Array.map number

            match Array.tryFindIndex (Double.IsFinite >> not) numbers with
            | Some row -> missing row
            | None -> Ok(Target.Values(Values.Own numbers))
        | Some(Words(declared, word)) -> classes declared (values |> Array.map word)
        | None ->
            Error(
                Failure(
                    "the target",
                    $"is of type {typeof<'Target>.Name}, neither words nor numbers",
                    "Select a string, bool, enum, union without fields, or number."
                )
            )
