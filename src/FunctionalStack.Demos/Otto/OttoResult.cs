namespace FunctionalStack.Demos;

/// <summary>A cross-fitted level.</summary>
/// <param name="Role"><c>base</c> or <c>meta</c>.</param>
/// <param name="All">Its learners.</param>
/// <param name="Kinds">The kinds of its learners.</param>
/// <param name="P">The out-of-fold predictions: training rows x columns.</param>
/// <param name="Mean">The test predictions, the mean of the fold models: test rows x columns.</param>
public sealed record OttoLevel(string Role, EquatableArray<FirstLevel> All, EquatableArray<string> Kinds, Frame P, Frame Mean)
{
    /// <summary>The scores of each learner.</summary>
    public EquatableArray<OttoModel> AllModels(OttoData data) =>
        EquatableArray.From(All.Select((one, i) =>
            OttoModel.Of(one.Name, Role, Kinds[i], data, one.OutOfFold, Prediction.Mean(one.ByModel), one.Seconds)));
}

/// <summary>The scores of a prediction.</summary>
/// <param name="LogLoss">The log-loss.</param>
/// <param name="Accuracy">The accuracy.</param>
public sealed record OttoScore(double LogLoss, double Accuracy)
{
    /// <summary>Scores a prediction.</summary>
    public static OttoScore Of(Target actual, Prediction predicted) =>
        new(Metric.LogLoss.Score(actual, predicted, null), Metric.Accuracy.Score(actual, predicted, null));
}

/// <summary>The scores of one learner.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Role"><c>base</c>, <c>meta</c> or <c>blend</c>.</param>
/// <param name="Kind">The kind of learner.</param>
/// <param name="OutOfFold">The out-of-fold scores on the training rows.</param>
/// <param name="SetAside">The scores on the test rows.</param>
/// <param name="Predicted">The out-of-fold predictions.</param>
/// <param name="Seconds">Wall-clock time of its fits and predictions, in seconds.</param>
public sealed record OttoModel(string Name, string Role, string Kind, OttoScore OutOfFold, OttoScore SetAside,
    Prediction.Probabilities Predicted, double Seconds)
{
    /// <summary>Scores the predictions of a learner.</summary>
    public static OttoModel Of(string name, string role, string kind, OttoData data, Prediction outOfFold, Prediction setAside,
        double seconds) => new(
        name, role, kind, OttoScore.Of(data.Train.Target, outOfFold), OttoScore.Of(data.Test.Target, setAside),
            (Prediction.Probabilities)outOfFold, seconds);
}

/// <summary>The result of the Otto demo.</summary>
/// <param name="Data">The products.</param>
/// <param name="Bases">Level one.</param>
/// <param name="Metas">Level two.</param>
/// <param name="Blend">The convex combination of the meta-learners.</param>
/// <param name="Weights">The weights of the meta-learners in the blend.</param>
public sealed record OttoResult(OttoData Data, OttoLevel Bases, OttoLevel Metas, OttoModel Blend, EquatableArray<double> Weights)
{
    /// <summary>The bases, the meta-learners and the blend, in the order of the stack.</summary>
    public EquatableArray<OttoModel> AllModels { get; } = [.. Bases.AllModels(Data), .. Metas.AllModels(Data), Blend];

    /// <summary>The base with the lowest out-of-fold log-loss.</summary>
    public OttoModel Best => AllModels.Where(one => one.Role == "base").MinBy(one => one.OutOfFold.LogLoss)!;

    /// <summary>The correlation of the out-of-fold probabilities with those of the best base, over all rows and classes.</summary>
    public double CorrelationOf(OttoModel one) => TwoLevels.Correlation(one.Predicted.Matrix.AsSpan(), Best.Predicted.Matrix.AsSpan());
}

/// <summary>The log-loss of a convex combination of the best bases.</summary>
/// <param name="Bases">The number of bases, best first.</param>
/// <param name="Added">The last base added.</param>
/// <param name="OutOfFold">The log-loss on the training rows.</param>
/// <param name="SetAside">The log-loss on the test rows.</param>
public sealed record OttoGain(int Bases, string Added, double OutOfFold, double SetAside);
