namespace FunctionalStack.Gpu;

/// <summary>What matrix products are computed in. Everything else is always float32.</summary>
public enum Precision
{
    /// <summary>float32 products and sums.</summary>
    Fp32,

    /// <summary>Operands rounded to TensorFloat-32 (10 bits of mantissa), sums in float32: NVIDIA's matrix units, compute capability 8.0 or later; other devices refuse it.</summary>
    Tf32,
}
