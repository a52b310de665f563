namespace FunctionalStack.FSharp

open FunctionalStack
open FunctionalStack.IO
open FunctionalStack.Neural
open FunctionalStack.Neural.Host
open FunctionalStack.Onnx

/// Creates layers. For other parameters create the record: `Layer.Conv2D(32, Stride = 2)`.
[<RequireQualifiedAccess>]
module Layer =

    /// A convolution with this number of filters of kernel x kernel, valid padding and a bias.
    let conv (kernel: int) (filters: int) : Layer = Layer.Conv2D(filters, kernel)

    /// A convolution without a bias, for use before batch normalization, which has its own offset.
    let convNoBias (kernel: int) (filters: int) : Layer =
        Layer.Conv2D(filters, kernel, Bias = false)

    /// A dense layer with this number of units and a bias.
    let dense (units: int) : Layer = Layer.Dense units

    /// A dense layer without a bias, for use before batch normalization.
    let denseNoBias (units: int) : Layer = Layer.Dense(units, false)

    /// Batch normalization.
    let batchNorm: Layer = Layer.BatchNorm()

    /// The ReLU activation.
    let relu: Layer = Layer.ReLU()

    /// The leaky ReLU activation with this slope for negative inputs.
    let leakyRelu (slope: float) : Layer = Layer.LeakyReLU slope

    /// The sigmoid activation.
    let sigmoid: Layer = Layer.Sigmoid()

    /// The tanh activation.
    let tanh: Layer = Layer.Tanh()

    /// Max pooling over windows of size x size.
    let maxPool (size: int) : Layer = Layer.MaxPool2D size

    /// Average pooling over windows of size x size.
    let averagePool (size: int) : Layer = Layer.AveragePool2D size

    /// Global average pooling: the mean of each channel.
    let globalAveragePool: Layer = Layer.GlobalAveragePool()

    /// Flattens an image to a vector.
    let flatten: Layer = Layer.Flatten()

    /// Dropout with this probability, at least 0 and below 1. It applies only in training.
    let dropout (rate: float) : Layer = Layer.Dropout rate

    /// The softmax activation.
    let softmax: Layer = Layer.Softmax()

    /// A residual block: body(x) + x.
    let residual (body: Layer list) : Layer =
        Layer.Residual(EquatableArray.From body)

    /// A residual block with a shortcut: body(x) + shortcut(x).
    let residualBeside (shortcut: Layer list) (body: Layer list) : Layer =
        Layer.Residual(EquatableArray.From body, EquatableArray.From shortcut)

/// Creates the inputs of networks.
[<RequireQualifiedAccess>]
module Examples =

    /// Examples of floats in row-major order, channels last. Throws ArgumentException if the length is not a multiple of the example size.
    let floats (shape: Shape) (numbers: float32 seq) : Examples =
        Examples.Floats(shape, EquatableArray.From numbers)

    /// Images of bytes from 0 to 255, scaled to x / 255.
    let bytes (shape: Shape) (pixels: byte seq) : Examples =
        Examples.Bytes(shape, EquatableArray.From pixels)

    /// Adds the target. Throws ArgumentException if the number of targets differs.
    let labelled (target: Target) (inputs: Examples) = LabelledExamples(inputs, target)

    /// Adds the target and sample weights. The weights multiply the losses of the examples; only ratios matter.
    let weighted (weights: float seq) (target: Target) (inputs: Examples) =
        LabelledExamples(inputs, Roles(target, System.Nullable(EquatableArray.From weights)))

    /// Images with random shifts, rotations and zooms, as a training with `TrainingOptions(Augmentation = ...)` reads them.
    /// Fails if a range is not valid, or if the inputs are vectors.
    let augmented (augmentation: Augmentation) (seed: Seed) (inputs: Examples) : Result<Examples, Failure> =
        inputs.Augmented(augmentation, seed) |> Outcome.toResult

/// Creates backends.
[<RequireQualifiedAccess>]
module Backend =

    /// The CPU with this number of threads, which does not change the results. For GPUs use the package FunctionalStack.Gpu:
    /// `use! backend = Device.Open("auto", threads)` in a `result`.
    let host (threads: int) : IBackend = new HostBackend(threads)

/// Creates and trains networks: `Network.image 28 28 1 [ Layer.conv 3 32; ... ]`.
[<RequireQualifiedAccess>]
module Network =

    /// A network for images of height x width x channels.
    let image (height: int) (width: int) (channels: int) (layers: Layer list) : Network =
        Network(Shape(height, width, channels), EquatableArray.From layers)

    /// A network for vectors of this length.
    let vector (length: int) (layers: Layer list) : Network =
        Network(Shape.Vector length, EquatableArray.From layers)

    /// Infers the shapes and parameters. Fails with the first layer that does not fit, and the reason.
    let check (network: Network) : Result<NetworkPlan, Failure> = network.Check() |> Outcome.toResult

    /// Trains the network by mini-batches.
    let train
        (backend: IBackend)
        (options: TrainingOptions)
        (seed: Seed)
        (data: LabelledExamples)
        (network: Network)
        : Result<TrainedNetwork, Failure> =
        Training.Fit(backend, network, data, options, seed) |> Outcome.toResult

    /// Trains with a run, `TrainingRun(Checkpoints = keep, From = checkpoint, Cancellation = token)`, and with validation and test examples
    /// if there are any. The run does not change the result. Cancellation throws OperationCanceledException between two steps.
    let trainWith
        (run: TrainingRun)
        (backend: IBackend)
        (options: TrainingOptions)
        (seed: Seed)
        (data: TrainingData)
        (network: Network)
        : Result<TrainedNetwork, Failure> =
        Training.Fit(backend, network, data, options, seed, run) |> Outcome.toResult

    /// The probabilities of the classes, in the order of these levels, for each example.
    let predict
        (backend: IBackend)
        (levels: string seq)
        (inputs: Examples)
        (trained: TrainedNetwork)
        : Result<Prediction, Failure> =
        Inference.Predict(backend, trained.Network, trained.Variables, inputs, LossKind.SoftmaxCrossEntropy)
        |> Outcome.toResult
        |> Result.map (fun outputs -> outputs.Probabilities(EquatableArray.From levels))

    /// The outputs for each example, for a network with this loss: probabilities for a cross-entropy, numbers for a squared error.
    let outputs
        (backend: IBackend)
        (loss: LossKind)
        (inputs: Examples)
        (trained: TrainedNetwork)
        : Result<Outputs, Failure> =
        Inference.Predict(backend, trained.Network, trained.Variables, inputs, loss)
        |> Outcome.toResult

    /// The loss on labelled examples and, for classes, the accuracy.
    let score (backend: IBackend) (examples: LabelledExamples) (trained: TrainedNetwork) : Result<NetScore, Failure> =
        Inference.Score(backend, trained.Network, trained.Variables, examples)
        |> Outcome.toResult

    /// Writes a net for images with these classes, and the options and seed of its training. `fstack predict --images` reads the file.
    let save
        (levels: string seq)
        (options: TrainingOptions)
        (seed: Seed)
        (path: string)
        (trained: TrainedNetwork)
        : Result<string, Failure> =
        NetworkFile.Save(path, trained, EquatableArray.From levels, options, seed)
        |> Outcome.toResult

    /// Reads a net for images.
    let load (path: string) : Result<NetworkModel, Failure> =
        NetworkFile.Load path
        |> Outcome.toResult
        |> Result.map (fun struct (net, _) -> net)

    /// Writes a net for images that was not trained here, such as one of an ONNX file.
    let saveModel (path: string) (net: NetworkModel) : Result<string, Failure> =
        NetworkFile.Save(path, net) |> Outcome.toResult

    /// The net of an ONNX file: one of `toOnnx`, of PyTorch or of Keras. The classes are in the order of the outputs; none for those that
    /// the file names, if it was written by this library. Fails for what the library has no layer for, and names the node.
    let fromOnnx (levels: string seq) (path: string) : Result<NetworkModel, Failure> =
        OnnxImport.Network(path, EquatableArray.From levels) |> Outcome.toResult

    /// The same for a file that does not scale its input: the net divides pixels by this number, such as 255.0.
    let fromOnnxDividing (divisor: float) (levels: string seq) (path: string) : Result<NetworkModel, Failure> =
        OnnxImport.Network(path, EquatableArray.From levels, divisor)
        |> Outcome.toResult

    /// A net for images in ONNX. Its input is `images`, [rows, height, width, channels].
    let toOnnx (net: NetworkModel) : Result<OnnxModel, Failure> = OnnxExport.Of net |> Outcome.toResult

    /// The start of a training from the variables of a net: `TrainingRun(From = checkpoint)` trains it further, with a new optimizer.
    let starting
        (options: TrainingOptions)
        (seed: Seed)
        (data: TrainingData)
        (net: NetworkModel)
        : Result<Checkpoint, Failure> =
        Checkpoint.Starting(net.Network, net.Variables, data, options, seed)
        |> Outcome.toResult

    /// Writes a checkpoint, completely or not at all. A training calls it after each epoch with
    /// `TrainingRun(Checkpoints = fun checkpoint -> checkpoint |> Network.saveCheckpoint levels path |> Outcome.orThrow |> ignore)`.
    let saveCheckpoint (levels: string seq) (path: string) (checkpoint: Checkpoint) : Result<string, Failure> =
        NetworkFile.SaveCheckpoint(path, checkpoint, EquatableArray.From levels)
        |> Outcome.toResult

    /// Reads a checkpoint: `TrainingRun(From = checkpoint)` resumes from it, and gives the same bits as an uninterrupted training.
    let loadCheckpoint (path: string) : Result<Checkpoint, Failure> =
        NetworkFile.LoadCheckpoint path |> Outcome.toResult

    /// Trains the network with a cyclic learning rate, and returns the variables at the end of each cycle (snapshot ensembles).
    /// Fails if the epochs are not a multiple of the cycles.
    let snapshots
        (backend: IBackend)
        (options: TrainingOptions)
        (cycles: int)
        (seed: Seed)
        (data: LabelledExamples)
        (network: Network)
        : Result<Variables list, Failure> =
        Snapshots.Fit(backend, network, data, options, cycles, seed)
        |> Outcome.toResult
        |> Result.map List.ofSeq
