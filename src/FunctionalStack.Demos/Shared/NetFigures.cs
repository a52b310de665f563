using FunctionalStack.Neural;
using FunctionalStack.Reporting.Charts;
using FunctionalStack.Reporting.Parts;

namespace FunctionalStack.Demos;

/// <summary>The page of a trained net: its training, its predictions and its worst mistakes.</summary>
internal static class NetFigures
{
    /// <summary>The page.</summary>
    /// <param name="name">The name of the experiment, which starts the names of figures.</param>
    /// <param name="history">The scores of each epoch. Those on test images may be absent.</param>
    /// <param name="about">What the curves are, as the second half of a sentence.</param>
    /// <param name="images">The images that were not trained on, and their classes.</param>
    /// <param name="predicted">The predicted probabilities of these images.</param>
    /// <param name="on">What the images are: <c>test images</c>.</param>
    public static DemoPage Of(string name, EquatableArray<EpochRecord> history, string about, LabelledExamples images,
        Prediction.Probabilities predicted, string on)
    {
        var actual = (Target.Classes)images.Target;
        return new(
            [
                NetPart.Training(history, about),
                PredictionsPart.Of([new("net", EquatableArray.Range(actual.Count), predicted)], new(actual),
                    $"The charts are made from the {on}, which the net was not trained on."),
                MistakesPart.Of(actual, predicted, images.Inputs, on),
            ],
            [
                .. NetPart.Curves(history).Concat(Drawn(MistakesPart.Drawn(actual, predicted, images.Inputs, on)))
                    .Select(figure => figure with { Id = $"{name}-{figure.Id}" }),
            ]);

        static IEnumerable<Chart> Drawn(Chart? chart) => chart is null ? [] : [chart];
    }
}
