namespace FunctionalStack.Gpu;

/// <summary>The precision of matrix products. Everything else is always float32.</summary>
public enum Precision
{
    /// <summary>float32 products and sums.</summary>
    Fp32,

    /// <summary>Operands rounded to TensorFloat-32 (10 bits of mantissa), sums in float32: NVIDIA's tensor cores, compute capability 8.0 or
    /// later. Other devices do not support it.</summary>
    Tf32,
}
