namespace FunctionalStack.Cli.Demos;

/// <summary>A level, cross-fitted.</summary>
/// <param name="Role"><c>base</c> or <c>meta</c>.</param>
/// <param name="All">Each of its learners.</param>
/// <param name="Kinds">What kinds they are.</param>
/// <param name="P">Training rows x what they say, out of fold.</param>
/// <param name="Mean">Rows set aside x the same, the mean of the fold models.</param>
public sealed record OttoLevel(string Role, EquatableArray<FirstLevel> All, EquatableArray<string> Kinds, Frame P, Frame Mean)
{
    /// <summary>How each did.</summary>
    public EquatableArray<OttoModel> AllModels(OttoData data) => EquatableArray.From(All.Select((one, i) => OttoModel.Of(one.Name, Role, Kinds[i], data, one.OutOfFold, Prediction.Mean(one.ByModel), one.Seconds)));
}

/// <summary>Log-loss and accuracy.</summary>
public sealed record OttoScore(double LogLoss, double Accuracy)
{
    public static OttoScore Of(Target truth, Prediction predicted) => new(Metric.LogLoss.Score(truth, predicted, null), Metric.Accuracy.Score(truth, predicted, null));
}

/// <summary>How one learner did.</summary>
/// <param name="Name">Which.</param>
/// <param name="Role"><c>base</c>, <c>meta</c> or <c>blend</c>.</param>
/// <param name="Kind">The name of its kind of learner.</param>
/// <param name="OutOfFold">On the training rows.</param>
/// <param name="SetAside">On those that took no part.</param>
/// <param name="Said">Out of fold.</param>
/// <param name="Seconds">Wall clock of its fits and predictions.</param>
public sealed record OttoModel(string Name, string Role, string Kind, OttoScore OutOfFold, OttoScore SetAside, Prediction.Probabilities Predicted, double Seconds)
{
    public static OttoModel Of(string name, string role, string kind, OttoData data, Prediction outOfFold, Prediction setAside, double seconds) => new(
        name, role, kind, OttoScore.Of(data.Train.Target, outOfFold), OttoScore.Of(data.Test.Target, setAside), (Prediction.Probabilities)outOfFold, seconds);
}

/// <summary>What the demonstration found.</summary>
public sealed record OttoResult(OttoData Data, OttoLevel Bases, OttoLevel Metas, OttoModel Blend, EquatableArray<double> Weights)
{
    /// <summary>Bases, meta learners, and the blend, in the order of the stack.</summary>
    public EquatableArray<OttoModel> AllModels { get; } = [.. Bases.AllModels(Data), .. Metas.AllModels(Data), Blend];

    /// <summary>The base of the least log-loss out of fold.</summary>
    public OttoModel Best => AllModels.Where(one => one.Role == "base").MinBy(one => one.OutOfFold.LogLoss)!;

    /// <summary>With the best base, over all rows and classes.</summary>
    public double CorrelationOf(OttoModel one) => TwoLevels.Correlation(one.Predicted.Matrix.AsSpan(), Best.Predicted.Matrix.AsSpan());
}

/// <summary>What a convex combination of the first bases comes to.</summary>
/// <param name="Bases">How many, the best first.</param>
/// <param name="Added">The last of them.</param>
/// <param name="OutOfFold">Log-loss on the training rows.</param>
/// <param name="SetAside">On the rows set aside.</param>
public sealed record OttoGain(int Bases, string Added, double OutOfFold, double SetAside);
