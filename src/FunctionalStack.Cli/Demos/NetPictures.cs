using FunctionalStack.Cli.Output.Pictures;
using FunctionalStack.Neural;

namespace FunctionalStack.Cli.Demos;

/// <summary>The pictures of a trained net's report.</summary>
internal static class NetPictures
{
    /// <summary>Draws curves, confusions and mistakes into <paramref name="folder"/>, which is made if absent; the paths written.</summary>
    public static Outcome<EquatableArray<string>> Draw(string folder, string name, EquatableArray<EpochRecord> history, LabelledExamples test, Prediction.Probabilities predicted, CancellationToken cancellation)
    {
        var truth = (Target.Classes)test.Target;
        var wrong = predicted.Codes().Zip(truth.Codes).Count(pair => pair.First != pair.Second);
        return from made in Picture.Folder(folder)
               from curves in Save("curves", () => TrainingCurves.Render($"{name}: loss and accuracy",
                   new("training, as the steps came", Of(record => record.Training.Loss), Of(record => record.Training.Accuracy)),
                   new("test, by moving moments", Of(record => record.Test?.Loss), Of(record => record.Test?.Accuracy))))
               from confusion in Save("confusion", () => ConfusionMatrix.Render($"{name}: {wrong} of {predicted.Count} test images mistaken", truth, predicted.Codes()))
               from mistakes in Save("mistakes", () => WorstMistakes.Render($"{name}: the worst mistakes", truth, predicted, test.Inputs.Shape.Height, test.Inputs.Shape.Width, Shade(test.Inputs)))
               select EquatableArray.Of(curves, confusion, mistakes);

        Outcome<string> Save(string what, Func<byte[]> render) => Picture.Save(Path.Combine(folder, $"{name}-{what}.png"), render(), cancellation);

        EquatableArray<double> Of(Func<EpochRecord, double?> number) => EquatableArray.From(history.Select(record => number(record) ?? double.NaN));
    }

    private static Func<int, int, double> Shade(Examples images) => images switch
    {
        Examples.Bytes bytes => (row, pixel) => bytes.Pixels[(row * images.Shape.Pixels + pixel) * images.Shape.Channels] / 255.0,
        Examples.Floats floats => (row, pixel) => floats.Numbers[(row * images.Shape.Pixels + pixel) * images.Shape.Channels],
        _ => throw new InvalidOperationException(),
    };
}
