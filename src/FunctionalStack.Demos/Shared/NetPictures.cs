using FunctionalStack.Demos.Pictures;
using FunctionalStack.Neural;

namespace FunctionalStack.Demos;

/// <summary>The pictures of a trained net: training curves, confusion matrix and worst mistakes.</summary>
public static class NetPictures
{
    /// <summary>Draws the three pictures into <paramref name="folder"/>, which is created if absent. Returns the paths.</summary>
    /// <param name="folder">The folder to write to.</param>
    /// <param name="name">The data set. It starts every title and file name.</param>
    /// <param name="history">The scores of each epoch. Those on test images may be absent.</param>
    /// <param name="test">The test images and their classes.</param>
    /// <param name="predicted">The predicted probabilities of the test images.</param>
    /// <param name="cancellation">Stops the writing.</param>
    public static Outcome<EquatableArray<string>> Draw(string folder, string name, EquatableArray<EpochRecord> history,
        LabelledExamples test, Prediction.Probabilities predicted, CancellationToken cancellation)
    {
        var actual = (Target.Classes)test.Target;
        TrainingCurves.Line training =
            new("training, mean over the steps", Of(record => record.Training.Loss), Of(record => record.Training.Accuracy));
        TrainingCurves.Line[] tested = history.Any(record => record.Test is not null)
            ? [new("test, moving averages", Of(record => record.Test?.Loss), Of(record => record.Test?.Accuracy))]
            : [];
        var wrong = predicted.Codes().Zip(actual.Codes).Count(pair => pair.First != pair.Second);
        return from made in PictureFile.Folder(folder)
               from curves in Save("curves", () => TrainingCurves.Render($"{name}: loss and accuracy", [training, .. tested]))
               from confusion in Save("confusion",
                   () => ConfusionMatrix.Render($"{name}: {wrong} of {predicted.Count} test images misclassified", actual,
                   predicted.Codes()))
               from mistakes in Save("mistakes",
                   () => WorstMistakes.Render($"{name}: the worst mistakes", actual, predicted, test.Inputs.Shape.Height,
                   test.Inputs.Shape.Width, Shade(test.Inputs)))
               select EquatableArray.Of(curves, confusion, mistakes);

        Outcome<string> Save(string what, Func<byte[]> render) =>
            PictureFile.Save(Path.Combine(folder, $"{name}-{what}.png"), render(), cancellation);

        EquatableArray<double> Of(Func<EpochRecord, double?> number) =>
            EquatableArray.From(history.Select(record => number(record) ?? double.NaN));
    }

    private static Func<int, int, double> Shade(Examples images) => images switch
    {
        Examples.Bytes bytes => (row, pixel) => bytes.Pixels[(row * images.Shape.Pixels + pixel) * images.Shape.Channels] / 255.0,
        Examples.Floats floats => (row, pixel) => floats.Numbers[(row * images.Shape.Pixels + pixel) * images.Shape.Channels],
        _ => throw new InvalidOperationException(),
    };
}
