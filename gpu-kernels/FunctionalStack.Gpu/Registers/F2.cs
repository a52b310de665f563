namespace FunctionalStack.Gpu.Registers;

/// <summary>Two float32 values: one store of 8 bytes.</summary>
internal struct F2
{
    public float X, Y;
}
