namespace FunctionalStack.Neural;

public static class PopulationMoments
{
    /// <summary>
    /// Algorithm 2 of Ioffe &amp; Szegedy 2015: the same variables with moving moments replaced by population statistics:
    /// the means over training batches of the batch means, and of m/(m-1) times the biased batch variances,
    /// m = batch x height x width.
    /// </summary>
    public static Outcome<Variables> WithPopulationMoments(this Variables variables, IBackend backend, Network network, Examples examples, int batch = 128) =>
        throw new NotImplementedException();
}
