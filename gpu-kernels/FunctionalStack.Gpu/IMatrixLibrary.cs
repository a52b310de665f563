using ILGPU;

namespace FunctionalStack.Gpu;

/// <summary>Products of matrices by a vendor's library.</summary>
internal interface IMatrixLibrary : IDisposable
{
    /// <summary>Queues one.</summary>
    void Multiply(in MatrixProduct product);
}

/// <summary>c = a * b in BLAS's terms: matrices lie column by column.</summary>
/// <param name="TurnA">Whether a lies turned about, k x m.</param>
/// <param name="TurnB">Whether b does, n x k.</param>
/// <param name="M">Rows of a and c.</param>
/// <param name="N">Columns of b and c.</param>
/// <param name="K">Columns of a, rows of b.</param>
/// <param name="A">The first factor, without gaps.</param>
/// <param name="B">The second.</param>
/// <param name="C">The product.</param>
internal readonly record struct MatrixProduct(bool TurnA, bool TurnB, int M, int N, int K, ArrayView<float> A, ArrayView<float> B, ArrayView<float> C)
{
    /// <summary>Numbers from one column of a, as it lies, to the next.</summary>
    public int PitchA => TurnA ? K : M;

    /// <summary>The same of b.</summary>
    public int PitchB => TurnB ? N : K;
}
