using FunctionalStack.Learners;

namespace FunctionalStack.Onnx;

/// <summary>Class probabilities from the probabilities of pairs of classes (Wu, Lin and Weng 2004, algorithm 2): a loop, as in the
/// library.</summary>
internal static class Coupling
{
    /// <summary>Probabilities, [N, classes].</summary>
    /// <param name="pairs">The probability of the first class of each pair, [N, pairs].</param>
    /// <param name="classes">The number of classes; at least 3.</param>
    public static Edge Of(Edge pairs, int classes)
    {
        // The pairs as matrices, [N, classes, classes].
        var count = classes * (classes - 1) / 2;
        var places = new int[classes * classes];
        Array.Fill(places, 2 * count);
        for (int first = 0, at = 0; first < classes; first++)
        {
            for (var second = first + 1; second < classes; second++, at++)
                (places[first * classes + second], places[second * classes + first]) = (at, count + at);
        }

        var matrix = Arrays.Concat(1, [pairs, 1.0 - pairs]).Padded(1).Columns(places).Reshape(-1, classes, classes);
        var q = matrix.SquaresOver(1) * Arrays.Unit(classes) - matrix * matrix.Transpose(0, 2, 1);
        var start = (pairs * 0.0).Columns([0]) + Arrays.Row([.. Enumerable.Repeat(1.0 / classes, classes)]);
        var found =
            new Operation("Loop", [(long)PairwiseCoupling.MostRounds, Tensor.Of([true]), start, q], NodeAttribute.Of("body", Body(classes)))
            {
                Outputs = 2,
            }[0].AtLeast(0.0);
        return found / found.SumOver(1);
    }

    private static Message Body(int classes)
    {
        var (p, q) = ((Edge)new Edge.Given("~p"), (Edge)new Edge.Given("~q"));
        var product = q.MatMul(p.Unsqueeze(2)).Reshape(-1, classes);
        var whole = (p * product).SumOver(1);
        var isOpen = (product - whole).Abs().MaxOver(1).IsAtLeast(PairwiseCoupling.Tolerance / classes);
        var next = p;
        for (var at = 0; at < classes; at++)
        {
            var own = q.Gather(Arrays.Indices(at), 1).Reshape(-1, classes);
            var (diagonal, of) = (own.Columns([at]), product.Columns([at]));
            var change = (whole - of) / diagonal;
            var sum = 1.0 + change;
            var step = new double[classes];
            step[at] = 1;
            next = (next + change * Arrays.Row(step)) / sum;
            whole = (whole + change * (change * diagonal + of * 2.0)) / sum / sum;
            product = (product + change * own) / sum;
        }

        return GraphWriter.WriteBody(
            [Scalar("~round", ElementType.Int64), Scalar("~go", ElementType.Bool), Port("~p"), Port("~q", classes)],
            [
                (Scalar("~goOn", ElementType.Bool), isOpen.AsNumber().SumOfAll().IsAbove(0.0)),
                (Port("~nextP"), isOpen.Choose(next, p)),
                (Port("~nextQ", classes), q),
            ]);

        Port Port(string name, params EquatableArray<long> more) => new(name, ElementType.Double, [classes, .. more]);
    }

    private static Port Scalar(string name, ElementType type) => new(name, type) { IsScalar = true };
}
