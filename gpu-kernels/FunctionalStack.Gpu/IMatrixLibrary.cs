using ILGPU;

namespace FunctionalStack.Gpu;

/// <summary>Matrix products by a vendor's library.</summary>
internal interface IMatrixLibrary : IDisposable
{
    /// <summary>Queues a product.</summary>
    void Multiply(in MatrixProduct product);
}

/// <summary>c = a * b in the terms of BLAS: matrices are column-major.</summary>
/// <param name="TransposeA">Whether a is stored transposed, k x m.</param>
/// <param name="TransposeB">Whether b is stored transposed, n x k.</param>
/// <param name="M">Rows of a and c.</param>
/// <param name="N">Columns of b and c.</param>
/// <param name="K">Columns of a, rows of b.</param>
/// <param name="A">The left operand, contiguous.</param>
/// <param name="B">The right operand, contiguous.</param>
/// <param name="C">The result.</param>
internal readonly record struct MatrixProduct(bool TransposeA, bool TransposeB, int M, int N, int K, ArrayView<float> A, ArrayView<float> B,
    ArrayView<float> C)
{
    /// <summary>The leading dimension of a as stored.</summary>
    public int PitchA => TransposeA ? K : M;

    /// <summary>The leading dimension of b as stored.</summary>
    public int PitchB => TransposeB ? N : K;
}
