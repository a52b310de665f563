using FunctionalStack.Cluster;

namespace FunctionalStack.Tests;

/// <summary>The C# block of docs/cluster.md. It is compiled and not run, since it needs Redis.</summary>
internal static class ClusterSnippets
{
    public static Trained Connected(ILearner stack, Dataset data)
    {
        using var cluster = FitCluster.Connect("redis://redis:6379", "fstack", TimeSpan.FromSeconds(60)).OrThrow();
        var fit = stack.Fit(data, Seed.Of(42), cluster.Executor()).OrThrow();
        return fit;
    }
}
