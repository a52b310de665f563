using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;
using ILGPU.Runtime.Cuda.API;

namespace FunctionalStack.Gpu;

/// <summary>
/// cuBLAS 12, if it is installed. It is NVIDIA's, and part of neither the driver nor this library. One handle on one stream is
/// bit-reproducible (cuBLAS library, "Results reproducibility").
/// </summary>
internal sealed class CuBlasLibrary : IMatrixLibrary
{
    // CUBLAS_TF32_TENSOR_OP_MATH, which ILGPU does not define.
    private const CuBlasMathMode Tf32Math = (CuBlasMathMode)3;

    private readonly CuBlas blas;

    /// <summary>Whether it is installed.</summary>
    public static bool IsThere => DriverLibrary.Loads(OperatingSystem.IsWindows() ? "cublas64_12.dll" : "libcublas.so.12");

    private CuBlasLibrary(CuBlas blas) => this.blas = blas;

    /// <summary>Null if it is not installed, or does not work with this driver.</summary>
    public static IMatrixLibrary? For(Accelerator accelerator, AcceleratorStream stream, Precision precision)
    {
        if (accelerator is not CudaAccelerator cuda) return null;
        try
        {
            return new CuBlasLibrary(new(cuda, CuBlasAPIVersion.V12)
            {
                Stream = (CudaStream)stream,
                MathMode = precision == Precision.Tf32 ? Tf32Math : CuBlasMathMode.DefaultMath,
            });
        }
        // The library is optional: on any error our own kernels are used.
        catch (Exception)
        {
            return null;
        }
    }

    public void Multiply(in MatrixProduct of) =>
        blas.Gemm(Operation(of.TransposeA), Operation(of.TransposeB), of.M, of.N, of.K, 1f, of.A, of.PitchA, of.B, of.PitchB, 0f, of.C,
            of.M);

    public void Dispose() => blas.Dispose();

    private static CuBlasOperation Operation(bool transposed) => transposed ? CuBlasOperation.Transpose : CuBlasOperation.NonTranspose;
}
