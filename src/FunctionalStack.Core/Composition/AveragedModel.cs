namespace FunctionalStack;

/// <summary>Models of one kind, all of the same weight: the mean of their predictions.</summary>
/// <param name="Members">At least one.</param>
public sealed record AveragedModel(Values<IModel> Members) : IModel
{
    public Outcome<Prediction> Predict(Frame rows) =>
        Outcome.All(Members.Select(member => member.Predict(rows))).Map(predictions => Prediction.Mean(predictions));
}
