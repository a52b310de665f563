namespace FunctionalStack.Cluster.Coordinating;

/// <summary>An executor whose leaves are fitted on silos. Everything else of a graph runs here.</summary>
/// <param name="executor">Waits for the silos, on a thread for each fit.</param>
/// <param name="leaves">The silos.</param>
internal sealed class ClusterExecutor(IExecutor executor, ClusterLeaves leaves) : IExecutor
{
    public Budget Budget => executor.Budget;

    public void Run(FitGraph graph, IProgress<FitProgress>? progress = null, CancellationToken cancellation = default)
    {
        graph.Leaves = graph.Leaves.At(new Remote(leaves, cancellation));
        executor.Run(graph, progress, cancellation);
    }

    private sealed class Remote(ClusterLeaves leaves, CancellationToken cancellation) : ILeaves
    {
        public Outcome<IModel> Fit(Leaf leaf, WorkSharing work) => leaves.Fit(leaf, work, cancellation);

        public Outcome<Prediction> Predict(ILearner learner, LeafRows rows, Seed seed, IModel model, LeafRows held) =>
            leaves.Predict(model, held, cancellation);

        public ILeaves At(ILeaves place) => place;
    }
}
