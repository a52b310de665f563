using FsCheck.Xunit;
using Xunit;

namespace FunctionalStack.Neural.Tests.Host;

public class LossTests
{
    // scikit-learn's own example of log_loss: 0.21616...
    [Fact]
    public void Cross_entropy_of_probabilities_is_scikit_learns_log_loss()
    {
        float[] probabilities = [.1f, .9f, .9f, .1f, .8f, .2f, .35f, .65f];
        var (loss, right, _) = Loss(LossKind.SoftmaxCrossEntropy, 2, [.. probabilities.Select(p => MathF.Log(p))], [1, 0, 0, 1]);
        Assert.Equal(0.2161618, loss, 1e-6);
        Assert.Equal(4, right);
    }

    [Fact]
    public void Known_losses_and_gradients()
    {
        // -log softmax: softmax(1, 2, 3) = 0.09003057, 0.24472847, 0.66524096.
        var (loss, right, gradient) = Loss(LossKind.SoftmaxCrossEntropy, 3, [1, 2, 3, 3, 2, 1], [1, 0]);
        Assert.Equal((1.4076060 + 0.4076060) / 2, loss, 1e-6);
        Assert.Equal(1, right);
        Near([0.04501529, -0.37763577, 0.33262048, -0.16737952, 0.12236424, 0.04501529], gradient);

        // log(1 + e^-1) = 0.3132617, log(1 + e^2) = 2.1269280; sigmoid(1) = 0.7310586, sigmoid(2) = 0.8807971.
        (loss, right, gradient) = Loss(LossKind.BinaryCrossEntropy, 2, [1, 2], [1, 0]);
        Assert.Equal((0.3132617 + 2.1269280) / 2, loss, 1e-6);
        Assert.Equal(0, right);
        Near([-0.13447071, 0.44039854], gradient);
        Assert.Equal(1, Loss(LossKind.BinaryCrossEntropy, 2, [1, -2], [1, 0]).Right);

        (loss, right, gradient) = Loss(LossKind.SquaredError, 2, [1, 2, 3, 4], [0, 2, 5, 4]);
        Assert.Equal((0.5 + 2) / 2, loss, 1e-6);
        Assert.Equal(0, right);
        Near([0.5, 0, -1, 0], gradient);
    }

    [Fact]
    public void Great_and_small_scores_keep_their_digits()
    {
        // log(1 + e^-30) = 9.3576230e-14; float32 keeps seven digits of it.
        Assert.Equal(9.3576230e-14, Loss(LossKind.SoftmaxCrossEntropy, 2, [1030, 1000], [0]).Loss, 1e-19);
        Assert.Equal(9.3576230e-14, Loss(LossKind.BinaryCrossEntropy, 1, [30], [1]).Loss, 1e-19);
        Assert.Equal(3e38, Loss(LossKind.SoftmaxCrossEntropy, 2, [3e38f, 0], [1]).Loss, 1e32);
        Assert.Equal(3e38, Loss(LossKind.BinaryCrossEntropy, 1, [-3e38f], [1]).Loss, 1e32);
        var (_, _, gradient) = Loss(LossKind.SoftmaxCrossEntropy, 2, [30, 0], [0]);
        Assert.Equal(-9.3576230e-14, gradient[0], 1e-19);
        Assert.Equal(9.3576230e-14, gradient[1], 1e-19);
    }

    [Fact]
    public void Equal_scores_go_to_the_first()
    {
        Assert.Equal(1, Loss(LossKind.SoftmaxCrossEntropy, 3, [2, 2, 2], [0]).Right);
        Assert.Equal(0, Loss(LossKind.SoftmaxCrossEntropy, 3, [2, 2, 2], [1]).Right);
    }

    [Theory]
    [InlineData(float.NaN, 1, 2)]
    [InlineData(1, float.NaN, 2)]
    [InlineData(float.NaN, float.NaN, float.NaN)]
    [InlineData(float.NegativeInfinity, float.NegativeInfinity, float.NegativeInfinity)]
    [InlineData(float.PositiveInfinity, 0, 0)]
    public void A_score_that_is_no_number_makes_the_loss_none(float a, float b, float c)
    {
        Assert.Equal(float.NaN, Loss(LossKind.SoftmaxCrossEntropy, 3, [0, 1, 2, a, b, c], [0, 0]).Loss);
        Assert.Equal(float.NaN, Loss(LossKind.SoftmaxCrossEntropy, 3, [0, 1, 2, a, b, c], [0, 0], gradients: false).Loss);
        Assert.False(float.IsFinite(Loss(LossKind.BinaryCrossEntropy, 3, [a, b, c], [0, 0, 1]).Loss));
        Assert.False(float.IsFinite(Loss(LossKind.SquaredError, 3, [a, b, c], [0, 0, 0]).Loss));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(-1)]
    [InlineData(0.5f)]
    [InlineData(float.NaN)]
    [InlineData(1e20f)]
    public void A_code_that_is_no_class_is_refused(float code)
    {
        var thrown = Assert.Throws<ArgumentOutOfRangeException>(() => Loss(LossKind.SoftmaxCrossEntropy, 3, [1, 2, 3, 1, 2, 3], [0, code]));
        Assert.Contains("row 1", thrown.Message);
    }

    [Property(MaxTest = 30)]
    public void Gradients_are_the_losss_slope(int seed, byte size)
    {
        var kind = (LossKind)(Math.Abs(seed % 3));
        var (batch, units) = (1 + size % 5, 1 + size / 5 % 7);
        var scores = Workbench.Numbers(seed, batch * units);
        float[] targets = kind == LossKind.SoftmaxCrossEntropy
            ? [.. Enumerable.Range(0, batch).Select(row => (float)((row + size) % units))]
            : [.. Workbench.Numbers(seed + 1, batch * units).Select(x => 1 / (1 + MathF.Exp(-x)))];
        var gradient = Loss(kind, units, scores, targets).Gradient;
        const float step = 1 / 32f;
        for (var i = 0; i < scores.Length; i++)
        {
            double At(float by) => Loss(kind, units, [.. scores.Select((x, j) => j == i ? x + by : x)], targets, gradients: false).Loss;
            // The loss comes back in float32: 1e-7 over a step of 1/32; the central difference's own error is below step²/6.
            Assert.Equal((At(step) - At(-step)) / (2 * step), gradient[i], 1e-4);
        }
    }

    [Property(MaxTest = 20)]
    public void Threads_change_no_bit(int seed)
    {
        const int batch = 4000;
        var (scores, targets) = (Workbench.Numbers(seed, batch * 10), Enumerable.Range(0, batch).Select(row => row % 10f).ToArray());
        var one = Loss(LossKind.SoftmaxCrossEntropy, 10, scores, targets);
        var three = Loss(LossKind.SoftmaxCrossEntropy, 10, scores, targets, threads: 3);
        Assert.Equal((one.Loss, one.Right), (three.Loss, three.Right));
        Assert.Equal(one.Gradient, three.Gradient);
    }

    private static (float Loss, float Right, float[] Gradient) Loss(
        LossKind kind, int units, float[] scores, float[] targets, bool gradients = true, int threads = 1)
    {
        using var bench = new Workbench(threads);
        var (at, wanted, gradient, metrics) = (bench.Put(scores), bench.Put(targets), bench.Room(scores.Length), bench.Room(2));
        bench.Compute.Loss(scores.Length / units, kind, at, wanted, units, gradients ? gradient : null, metrics);
        Assert.True(bench.IsClean(gradient) && bench.IsClean(metrics));
        return (bench.Get(metrics)[0], bench.Get(metrics)[1], bench.Get(gradient));
    }

    private static void Near(double[] expected, float[] found) =>
        Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
}
