namespace FunctionalStack.FSharp

open FunctionalStack
open FunctionalStack.Neural
open FunctionalStack.Neural.Host

/// Every layer by one word. For parameters not named here, give the record: `Layer.Conv2D(32, Stride = 2)`.
[<RequireQualifiedAccess>]
module Layer =

    /// Convolution by so many filters of kernel x kernel, windows wholly in the image, with a bias.
    let conv (kernel: int) (filters: int) : Layer = Layer.Conv2D(filters, kernel)

    /// Convolution without a bias: for before a batch normalization, which has its own.
    let convNoBias (kernel: int) (filters: int) : Layer =
        Layer.Conv2D(filters, kernel, Bias = false)

    /// So many numbers, each from all of a vector's, with a bias.
    let dense (units: int) : Layer = Layer.Dense units

    /// The same without a bias: for before a batch normalization.
    let denseNoBias (units: int) : Layer = Layer.Dense(units, false)

    /// Batch normalization.
    let batchNorm: Layer = Layer.BatchNorm()

    let relu: Layer = Layer.ReLU()

    let leakyRelu (slope: float) : Layer = Layer.LeakyReLU slope

    let sigmoid: Layer = Layer.Sigmoid()

    let tanh: Layer = Layer.Tanh()

    /// The greatest number of each size x size window.
    let maxPool (size: int) : Layer = Layer.MaxPool2D size

    /// The mean of each size x size window.
    let averagePool (size: int) : Layer = Layer.AveragePool2D size

    /// The mean of each channel.
    let globalAveragePool: Layer = Layer.GlobalAveragePool()

    /// An image's numbers as a vector.
    let flatten: Layer = Layer.Flatten()

    /// While training, each number is dropped with this probability; 0 up to below 1.
    let dropout (rate: float) : Layer = Layer.Dropout rate

    let softmax: Layer = Layer.Softmax()

    /// body(x) + x.
    let residual (body: Layer list) : Layer = Layer.Residual(EquatableArray.From body)

    /// body(x) + shortcut(x).
    let residualBeside (shortcut: Layer list) (body: Layer list) : Layer =
        Layer.Residual(EquatableArray.From body, EquatableArray.From shortcut)

/// What networks read.
[<RequireQualifiedAccess>]
module Examples =

    /// Numbers, example after example, channels innermost. Throws ArgumentException where they are no whole examples.
    let floats (shape: Shape) (numbers: float32 seq) : Examples =
        Examples.Floats(shape, EquatableArray.From numbers)

    /// Pixels from 0 to 255, read as x / 255.
    let bytes (shape: Shape) (pixels: byte seq) : Examples =
        Examples.Bytes(shape, EquatableArray.From pixels)

    /// With what is to be said of each. Throws ArgumentException where there are not as many targets.
    let labelled (target: Target) (inputs: Examples) = LabelledExamples(inputs, target)

    /// The same with a weight each, of which only the ratios matter: they multiply the examples' losses.
    let weighted (weights: float seq) (target: Target) (inputs: Examples) =
        LabelledExamples(inputs, Roles(target, System.Nullable(EquatableArray.From weights)))

/// Where networks are computed.
[<RequireQualifiedAccess>]
module Backend =

    /// This machine's processor, on so many threads; their number changes no bit. Others, from the package
    /// FunctionalStack.Gpu: `use! backend = Device.Open("auto", threads)` in a `result`.
    let host (threads: int) : IBackend = new HostBackend(threads)

/// Networks as data: `Network.image 28 28 1 [ Layer.conv 3 32; ... ]`.
[<RequireQualifiedAccess>]
module Network =

    /// Layers over images of height x width x channels.
    let image (height: int) (width: int) (channels: int) (layers: Layer list) : Network =
        Network(Shape(height, width, channels), EquatableArray.From layers)

    /// Layers over vectors of so many numbers.
    let vector (length: int) (layers: Layer list) : Network =
        Network(Shape.Vector length, EquatableArray.From layers)

    /// With its shapes and parameters laid out, or which layer doesn't fit and why.
    let check (network: Network) : Result<NetworkPlan, Failure> = network.Check() |> Outcome.toResult

    /// Trains it by mini-batches.
    let train
        (backend: IBackend)
        (options: TrainingOptions)
        (seed: Seed)
        (data: LabelledExamples)
        (network: Network)
        : Result<TrainedNetwork, Failure> =
        Training.Fit(backend, network, data, options, seed) |> Outcome.toResult
