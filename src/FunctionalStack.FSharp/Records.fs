namespace FunctionalStack.FSharp

open System
open System.Linq.Expressions
open System.Reflection
open Microsoft.FSharp.Linq.RuntimeHelpers
open Microsoft.FSharp.Quotations
open Microsoft.FSharp.Quotations.ExprShape
open Microsoft.FSharp.Reflection
open FunctionalStack
open FunctionalStack.IO

/// Adds F# records, options and unions without fields to the record reader.
type internal FSharpTypes() =
    inherit RecordTypes()

    override _.FieldsOf record =
        if FSharpType.IsRecord record then
            FSharpType.GetRecordFields record
        else
            base.FieldsOf record

    override _.Optional(value: Expression) : OptionalValue | null =
        let of' (generic: Type) =
            value.Type.IsGenericType && value.Type.GetGenericTypeDefinition() = generic

        if of' typedefof<option<_>> then
            let none = Expression.Constant(null, value.Type)
            OptionalValue(Expression.ReferenceNotEqual(value, none), Expression.Property(value, "Value"))
        elif of' typedefof<voption<_>> then
            OptionalValue(Expression.Property(value, "IsSome"), Expression.Property(value, "Value"))
        else
            base.Optional value

    override _.Case(value: Expression) : NamedCase | null =
        let cases =
            if FSharpType.IsUnion value.Type then
                FSharpType.GetUnionCases value.Type
            else
                [||]

        if
            Array.isEmpty cases
            || cases |> Array.exists (fun case -> not (Array.isEmpty (case.GetFields())))
        then
            null
        else
            let tag: Expression =
                match FSharpValue.PreComputeUnionTagMemberInfo value.Type with
                | :? MethodInfo as tag -> Expression.Call(tag, value)
                | tag -> Expression.Property(value, tag :?> PropertyInfo)

            NamedCase(EquatableArray.Own(cases |> Array.map _.Name), tag)

    override _.Drop field = $"Rows.drop [ \"{field}\" ]"

    override _.TargetTypes = "string, bool, enum, union without fields, or number"

/// Reads records and their quotations.
module internal Records =

    [<AbstractClass; Sealed>]
    type private ReaderOf<'Row> private () =
        static member val Value = RecordReader<'Row>(FSharpTypes())

    let reader<'Row> : RecordReader<'Row> = ReaderOf<'Row>.Value

    /// The fields of the record that a quoted function reads.
    let rec mentions (quoted: Expr) : string Set =
        match quoted with
        | Patterns.PropertyGet(Some(Patterns.Var _), field, []) -> Set.singleton field.Name
        | ShapeVar _ -> Set.empty
        | ShapeLambda(_, body) -> mentions body
        | ShapeCombination(_, parts) -> parts |> Seq.map mentions |> Set.unionMany

    /// The quoted function, compiled.
    let evaluate (quoted: Expr<'Row -> 'Value>) : Func<'Row, 'Value> =
        Func<'Row, 'Value>(LeafExpressionConverter.EvaluateQuotation quoted |> unbox<'Row -> 'Value>)
