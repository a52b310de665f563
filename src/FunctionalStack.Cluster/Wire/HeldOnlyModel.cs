namespace FunctionalStack.Cluster.Wire;

/// <summary>Stands for a model that stayed at the silo, since only its predictions of the held-out rows are needed.</summary>
internal sealed record HeldOnlyModel : IModel
{
    /// <summary>Never called: the predictions came with it.</summary>
    public Outcome<Prediction> Predict(Frame rows) => throw new InvalidOperationException("the model was not fetched");
}
