using System.Globalization;
using FunctionalStack.Cluster;

namespace FunctionalStack.Cli.Clusters;

/// <summary>A cluster whose state is shown beside the progress of a run.</summary>
internal sealed class ShownCluster(IExecutor executor, FitCluster cluster) : IExecutor
{
    public Budget Budget => executor.Budget;

    public void Run(FitGraph graph, IProgress<FitProgress>? progress = null, CancellationToken cancellation = default) =>
        executor.Run(graph, progress is null ? null : new Labelled(progress, cluster), cancellation);

    private sealed class Labelled(IProgress<FitProgress> progress, FitCluster cluster) : IProgress<FitProgress>
    {
        public void Report(FitProgress value)
        {
            var now = cluster.Report;
            progress.Report(value with
            {
                Label = string.Create(CultureInfo.InvariantCulture,
                    $"{value.Label}; {now.Silos} silos, {now.InFlight} fits in flight, {now.Sent / 1e6:0.0} MB sent"),
            });
        }
    }
}
