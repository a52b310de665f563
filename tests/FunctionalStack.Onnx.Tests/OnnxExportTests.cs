using FunctionalStack.IO;
using FunctionalStack.Learners;
using FunctionalStack.Laws;
using Xunit;

namespace FunctionalStack.Onnx.Tests;

public class OnnxExportTests
{
    [SharedFact("iris/iris.csv")]
    public void A_logistic_regression_of_iris_is_exported()
    {
        var data = Cases.Iris();
        var model = new LogisticRegression().FitModel(data, Seed.Of(1)).OrThrow();
        using var run = new OnnxRun(OnnxExport.Of(model, ModelCard.Of(data, "species", 1)).OrThrow());
        Agree.Of(model.Predict(data.Frame).OrThrow(), run.Predict(data.Frame), Agree.Double);
    }
}
