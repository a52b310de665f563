namespace FunctionalStack.Neural;

/// <summary>What a trained network's batch normalization goes by.</summary>
public enum MomentsKind
{
    /// <summary>Moving moments where they have arrived, population moments where they have not (<see cref="MovingMoments"/>), with a
    /// note.</summary>
    Auto,

    /// <summary>Moving averages of the training batches' moments.</summary>
    Moving,

    /// <summary>Those of all training examples (<see cref="PopulationMoments"/>).</summary>
    Population,
}

/// <summary>How far moving moments have come from what they began as.</summary>
public static class MovingMoments
{
    // 0.99^459 is 1%.
    private const double MostOfStart = 0.01;

    /// <summary>The share that their start still has in them after so many steps, of the slowest batch normalization; 0 without
    /// one.</summary>
    public static double StartLeft(NetworkPlan plan, long steps) =>
        plan.Nodes.Select(node => node.Layer is Layer.BatchNorm norm ? Math.Pow(norm.Momentum, steps) : 0).DefaultIfEmpty().Max();

    /// <summary>Whether a network is to go by population moments after so many steps.</summary>
    internal static bool GiveWay(MomentsKind asked, NetworkPlan plan, long steps) => plan.MomentCount > 0 && asked switch
    {
        MomentsKind.Population => true,
        MomentsKind.Auto => StartLeft(plan, steps) > MostOfStart,
        _ => false,
    };
}
