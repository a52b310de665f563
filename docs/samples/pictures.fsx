// A folder of pictures: train a convolutional net with batch normalization, and score it on pictures that it has not
// seen.
//   dotnet build src/FunctionalStack.FSharp -c Release
//   dotnet fsi docs/samples/pictures.fsx
#load "load.fsx"

open System
open System.IO
open FunctionalStack
open FunctionalStack.FSharp
open FunctionalStack.Neural

// A picture of 12 x 12 pixels with stripes at a random place, and noise, as an uncompressed BMP file.
let random = Random 1

let draw (file: string) (direction: string) =
    Directory.CreateDirectory(Path.GetDirectoryName file) |> ignore
    use writer = new BinaryWriter(File.Create file)
    writer.Write "BM"B

    // The header: the size of the file, 12 columns, 12 rows, 24 bits a pixel.
    for number in "486 0 54 40 12 12 1572865 0 0 0 0 0 0".Split ' ' do
        writer.Write(int number)

    let start = random.Next 4

    for y in 0..11 do
        for x in 0..11 do
            let place =
                match direction with
                | "across" -> y
                | "down" -> x
                | _ -> x + y

            let light = byte ((place + start) / 2 % 2 * 180 + random.Next 70)
            writer.Write [| light; light; light |]

// One subfolder for each class, with PNG, JPEG or BMP files in it, below the folders train and, optionally, val and
// test.
let folder = Directory.CreateTempSubdirectory "pictures-"

for direction in [ "across"; "down"; "diagonal" ] do
    for i in 1..40 do
        draw (Path.Combine(folder.FullName, (if i > 30 then "test" else "train"), direction, $"{i}.bmp")) direction

// A part of the net that repeats is a function. Batch normalization adds its own offset: the convolution needs no bias.
let block filters = [ Layer.convNoBias 3 filters; Layer.batchNorm; Layer.relu ]

let outcome =
    result {
        let! images = Images.read folder.FullName

        let net =
            Network.image images.Shape.Height images.Shape.Width images.Shape.Channels [
                yield! block 8
                Layer.maxPool 2
                yield! block 16
                Layer.globalAveragePool
                Layer.dense images.Levels.Count
                Layer.softmax
            ]

        // The same seed gives the same net, with any number of threads.
        use backend = Backend.host 2

        let options =
            TrainingOptions(Epochs = 20, Batch = 16, Optimizer = Optimizer.Adam 1e-2)

        let! trained = net |> Network.train backend options (Seed.Of 42) images.Train
        return! trained |> Network.score backend images.Test
    }

folder.Delete true

match outcome with
| Ok score -> printfn $"accuracy on the test pictures: {score.Accuracy:P0}"
| Error failure ->
    eprintfn $"{Outcome.explain failure}"
    exit 1
