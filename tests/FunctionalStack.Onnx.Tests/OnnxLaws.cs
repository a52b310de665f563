using FunctionalStack.Learners;
using FsCheck.Xunit;
using FunctionalStack.IO;
using FunctionalStack.Laws;
using Xunit;

namespace FunctionalStack.Onnx.Tests;

/// <summary>Law 12: an exported model predicts what the model predicts, and stops where the model refuses.</summary>
[Properties(Arbitrary = [typeof(Arbitraries), typeof(OnnxSamples)], MaxTest = 200)]
public class OnnxLaws
{
    /// <summary>A column that no member of a bag reads is not in the file, and so no row is refused for it.</summary>
    [Property]
    public void Exported_parts_predict_what_the_model_predicts(PartSample part, Seed seed) =>
        Check(part.Sample, seed, Agree.Double, refuses: part.Sample.Learner is not Pipeline { Learner: Bagging });

    /// <summary>A part without influence is not in the file, and so does not refuse rows.</summary>
    [Property]
    public void Exported_stacks_predict_what_the_model_predicts(StackSample stack, Seed seed) =>
        Check(stack.Sample, seed, Agree.Stack, refuses: false);

    private static void Check(OnnxSample sample, Seed seed, double bound, bool refuses)
    {
        if (sample.Learner.FitModel(sample.Data, seed) is not Outcome<IModel>.Ok { Value: var model }) return;
        var exported = OnnxExport.Of(model, ModelCard.Of(sample.Data, "y", 1)).OrThrow();
        using var run = new OnnxRun(exported);
        foreach (var rows in new[] { sample.Data.Frame, sample.Later })
        {
            switch (model.Predict(rows))
            {
                case Outcome<Prediction>.Ok predicted:
                    Agree.Of(predicted.Value, run.Predict(rows), sample.IsSingle ? Agree.Single : bound);
                    break;
                case Outcome<Prediction>.Fail refused when refuses:
                    Assert.True(run.Refuses(rows), $"the model refuses these rows: {refused.Failure}");
                    break;
            }
        }
    }
}
