/// Every learner and transform of the catalogue has one member in C# and in F#, under its name in specs.
module FunctionalStack.FSharp.Tests.CatalogueTests

open System
open System.Reflection
open FunctionalStack
open FunctionalStack.FSharp
open FunctionalStack.IO
open FunctionalStack.Learners
open FunctionalStack.Neural
open Xunit

let private learners =
    set [ for entry in Library.Catalogue.Learners -> entry.Name, entry.Type.Name ]

let private transforms =
    set [ for entry in Library.Catalogue.Transforms -> entry.Name, entry.Type.Name ]

let private camel (name: string) =
    string (Char.ToLowerInvariant name[0]) + name[1..]

/// The name and the record of each member of a C# class that returns a record of this kind; overloads are listed separately.
let private ofFacade (kind: Type) (facade: Type) = [
    for one in facade.GetMethods(BindingFlags.Public ||| BindingFlags.Static) do
        let extends =
            one.IsDefined(typeof<Runtime.CompilerServices.ExtensionAttribute>, false)

        if kind.IsAssignableFrom one.ReturnType && not one.IsSpecialName && not extends then
            camel one.Name, one.ReturnType.Name
]

/// A sample argument of a parameter. Only the type of the resulting record matters.
let private sample (parameter: ParameterInfo) : obj =
    let kind = parameter.ParameterType

    if kind = typeof<int> then
        2
    elif kind = typeof<float> then
        0.5
    elif kind.IsEnum then
        kind.GetEnumValues().GetValue 0 |> nonNull
    elif kind = typeof<ILearner> then
        Majority()
    elif kind = typeof<int list> then
        [ 2 ]
    elif kind = typeof<(string * ILearner) list> then
        [ "a", (Majority() :> ILearner) ]
    elif kind = typeof<(string * SearchValues) list> then
        List.empty<string * SearchValues>
    elif kind = typeof<TrainingOptions> then
        TrainingOptions()
    elif kind = typeof<Network> then
        Network.vector 1 []
    else
        failwith $"no sample of {kind}"

/// The name of each member of an F# module and its record.
let private ofModule (name: string) =
    let members =
        typeof<Run>.Assembly.GetExportedTypes()
        |> Array.find (fun kind -> kind.Name = name || kind.Name = name + "Module")

    let properties =
        members.GetProperties(BindingFlags.Public ||| BindingFlags.Static)
        |> Array.map (fun one -> one.Name, one.GetValue null)

    let methods =
        members.GetMethods(BindingFlags.Public ||| BindingFlags.Static)
        |> Array.filter (fun one -> not one.IsSpecialName && one.DeclaringType = members)
        |> Array.map (fun one -> one.Name, one.Invoke(null, one.GetParameters() |> Array.map sample))

    [
        for name, made in Array.append properties methods -> name, (nonNull made).GetType().Name
    ]

let private each (expected: Set<string * string>) (found: (string * string) list) =
    Assert.Equal<(string * string) list>(Set.toList expected, List.sort found)

[<Fact>]
let ``Learn has every learner once, by its name, and networks`` () =
    // Balanced classes are an extension of any learner.
    ofFacade typeof<ILearner> typeof<Learn>
    |> each (learners.Add("network", "NetworkLearner").Remove("balanced", "Balanced"))

[<Fact>]
let ``the F# module has every learner once, by its name, and networks`` () =
    ofModule "Learners" |> each (learners.Add("network", "NetworkLearner"))

[<Fact>]
let ``Prepare has every transform once, by its name`` () =
    ofFacade typeof<ITransform> typeof<Prepare> |> each transforms

[<Fact>]
let ``the F# Prepare has every transform once, by its name, and recipes`` () =
    ofModule "Prepare"
    |> List.filter (fun (name, _) -> not (name.StartsWith "for"))
    |> each transforms
