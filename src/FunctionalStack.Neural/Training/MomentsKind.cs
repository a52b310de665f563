namespace FunctionalStack.Neural;

/// <summary>The moments that a trained network's batch normalization uses.</summary>
public enum MomentsKind
{
    /// <summary>Moving averages if they have converged, otherwise population moments, with a note (see
    /// <see cref="MovingMoments"/>).</summary>
    Auto,

    /// <summary>Moving averages of the moments of the training batches.</summary>
    Moving,

    /// <summary>The moments of all training examples (<see cref="PopulationMoments"/>).</summary>
    Population,
}

/// <summary>The convergence of moving averages.</summary>
public static class MovingMoments
{
    // 0.99^459 is 1%.
    private const double MostOfStart = 0.01;

    /// <summary>The weight of the initial values in the moving averages after <paramref name="steps"/> steps, for the slowest
    /// batch normalization of the network; 0 without one.</summary>
    public static double StartLeft(NetworkPlan plan, long steps) =>
        plan.Nodes.Select(node => node.Layer is Layer.BatchNorm norm ? Math.Pow(norm.Momentum, steps) : 0).DefaultIfEmpty().Max();

    /// <summary>Whether a network uses population moments after <paramref name="steps"/> steps.</summary>
    internal static bool GiveWay(MomentsKind asked, NetworkPlan plan, long steps) => plan.MomentCount > 0 && asked switch
    {
        MomentsKind.Population => true,
        MomentsKind.Auto => StartLeft(plan, steps) > MostOfStart,
        _ => false,
    };
}
