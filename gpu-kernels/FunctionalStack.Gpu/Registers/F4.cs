namespace FunctionalStack.Gpu.Registers;

/// <summary>Four float32 values as in shared memory: one load of 16 bytes.</summary>
internal struct F4
{
    public float X, Y, Z, W;
}
