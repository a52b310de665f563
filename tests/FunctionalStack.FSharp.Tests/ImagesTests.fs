module FunctionalStack.FSharp.Tests.ImagesTests

open System.IO
open FunctionalStack
open FunctionalStack.FSharp
open FunctionalStack.Neural
open Xunit

// 8 x 8 pixels with 24 bits.
let private bitmap (shade: int) : byte array = [|
    yield! "BM"B
    yield! [| 246uy; 0uy; 0uy; 0uy; 0uy; 0uy; 0uy; 0uy; 54uy; 0uy; 0uy; 0uy |]
    yield! [| 40uy; 0uy; 0uy; 0uy; 8uy; 0uy; 0uy; 0uy; 8uy; 0uy; 0uy; 0uy |]
    yield! [| 1uy; 0uy; 24uy; 0uy |]
    yield! Array.zeroCreate 24
    yield! Array.create 192 (byte shade)
|]

let private unwrap (result: Result<'T, Failure>) =
    result |> Result.defaultWith (fun failure -> failwith (Outcome.explain failure))

let private inFolder (test: string -> string -> unit) =
    let all = Directory.CreateTempSubdirectory "functionalstack-tests-"
    let folder = all.CreateSubdirectory "pictures"

    for name, shade in [ "dark", 0; "light", 180 ] do
        let one = folder.CreateSubdirectory name

        for i in 0..7 do
            File.WriteAllBytes(Path.Combine(one.FullName, $"{i}.bmp"), bitmap (shade + i))

    try
        test folder.FullName (Path.Combine(all.FullName, "net.checkpoint"))
    finally
        all.Delete true

[<Fact>]
let ``a folder of pictures trains a net, with checkpoints, scores and predictions`` () =
    inFolder (fun folder checkpointFile ->
        let token = System.Threading.CancellationToken.None
        use backend = Backend.host 2

        let options = TrainingOptions(Epochs = 2, Batch = 8)

        let trained =
            result {
                let! images = Images.readResized 8 8 folder

                let keep checkpoint =
                    checkpoint
                    |> Network.saveCheckpoint images.Levels checkpointFile
                    |> Outcome.orThrow
                    |> ignore

                let run = TrainingRun(Checkpoints = keep, Cancellation = token)
                let net = ReferenceNetwork.For(images.Shape, images.Levels.Count)
                let! trained = net |> Network.trainWith run backend options (Seed.Of 42) images.Data
                let! score = trained |> Network.score backend images.Train
                let! predicted = trained |> Network.predict backend images.Levels images.Train.Inputs
                return trained, score, predicted
            }

        let trained, score, predicted = unwrap trained
        Assert.Equal(2, trained.History.Count)
        Assert.Equal(16, predicted.Count)
        Assert.True(score.Loss > 0.0)

        let images = Images.read folder |> unwrap
        Assert.Equal(images, Images.readResized 8 8 folder |> unwrap)

        let first =
            ReferenceNetwork.For(images.Shape, 2)
            |> Network.trainWith
                (TrainingRun(
                    Checkpoints =
                        fun at -> at |> Network.saveCheckpoint images.Levels checkpointFile |> unwrap |> ignore
                ))
                backend
                (TrainingOptions(Epochs = 1, Batch = 8))
                (Seed.Of 42)
                images.Data
            |> unwrap

        let checkpoint = Network.loadCheckpoint checkpointFile |> unwrap
        Assert.Equal(1, checkpoint.Epoch)
        Assert.Equal(1, first.Epoch)

        let resumed =
            ReferenceNetwork.For(images.Shape, 2)
            |> Network.trainWith (TrainingRun(From = checkpoint)) backend options (Seed.Of 42) images.Data
            |> unwrap

        Assert.Equal(trained.Variables, resumed.Variables)

        let file = checkpointFile + ".net"

        trained
        |> Network.save images.Levels options (Seed.Of 42) file
        |> unwrap
        |> ignore

        Assert.Equal(trained.Variables, (Network.load file |> unwrap).Variables)

        let named = folder |> Images.toPredict images.Shape |> unwrap
        Assert.Equal("dark/0.bmp", named.Names[0])
        let again = folder |> Images.toScore images.Levels images.Shape |> unwrap
        Assert.Equal(Ok score, trained |> Network.score backend again)

        let onnxFile = checkpointFile + ".onnx"
        let saved = Network.load file |> unwrap
        let onnx = saved |> Network.toOnnx |> unwrap
        onnx.Save onnxFile |> Outcome.toResult |> unwrap |> ignore
        let read = Network.fromOnnx [] onnxFile |> unwrap
        Assert.True((saved.Levels = read.Levels))
        read |> Network.saveModel file |> unwrap |> ignore

        let improved =
            result {
                let! net = Network.fromOnnxDividing 255.0 [ "dark"; "light" ] onnxFile
                let! start = net |> Network.starting options (Seed.Of 42) images.Data
                let run = TrainingRun(From = start)

                return! net.Network |> Network.trainWith run backend options (Seed.Of 42) images.Data
            }

        Assert.Equal(2, (unwrap improved).History.Count))

[<Fact>]
let ``a cancelled training stops`` () =
    inFolder (fun folder _ ->
        use backend = Backend.host 1
        let images = Images.read folder |> unwrap
        use source = new System.Threading.CancellationTokenSource()

        let run =
            TrainingRun(Checkpoints = (fun _ -> source.Cancel()), Cancellation = source.Token)

        Assert.ThrowsAny<System.OperationCanceledException>(fun () ->
            ReferenceNetwork.For(images.Shape, 2)
            |> Network.trainWith run backend (TrainingOptions(Epochs = 3, Batch = 8)) (Seed.Of 1) images.Data
            |> ignore)
        |> ignore)
