using FunctionalStack.Gpu.Registers;
using ILGPU;

namespace FunctionalStack.Gpu.Tiles;

/// <summary>The shared memory of one operand: two buffers of depth x columns, used alternately (double buffering).</summary>
internal readonly struct Panel(ArrayView<F4> numbers, int columns)
{
    /// <summary>The size of two buffers of the widest panel, in F4s.</summary>
    public const int Size = 2 * Accumulators.Depth * (Accumulators.Rows + Gap) / 4;

    // Padding: four depths of eight columns, as tensor cores read them, then fall into 32 different banks.
    private const int Gap = 8;

    private readonly ArrayView<float> floats = numbers.Cast<float>();

    /// <summary>Elements from one depth to the next.</summary>
    public static int Pitch(int columns) => columns + Gap;

    public ArrayView<F4> Buffer(int stage) =>
        numbers.SubView(stage * Accumulators.Depth * Pitch(columns) / 4, Accumulators.Depth * Pitch(columns) / 4);

    /// <summary>Stores eight depths of one column.</summary>
    public void Down(int stage, int column, F8 x)
    {
        var at = stage * Accumulators.Depth * Pitch(columns) + column;
        floats[at] = x.X0;
        floats[at + Pitch(columns)] = x.X1;
        floats[at + 2 * Pitch(columns)] = x.X2;
        floats[at + 3 * Pitch(columns)] = x.X3;
        floats[at + 4 * Pitch(columns)] = x.X4;
        floats[at + 5 * Pitch(columns)] = x.X5;
        floats[at + 6 * Pitch(columns)] = x.X6;
        floats[at + 7 * Pitch(columns)] = x.X7;
    }

    /// <summary>Stores eight columns of one depth, the first a multiple of eight: two stores of 16 bytes.</summary>
    public void Across(int stage, int depth, int column, F8 x)
    {
        var at = ((stage * Accumulators.Depth + depth) * Pitch(columns) + column) / 4;
        numbers[at] = new() { X = x.X0, Y = x.X1, Z = x.X2, W = x.X3 };
        numbers[at + 1] = new() { X = x.X4, Y = x.X5, Z = x.X6, W = x.X7 };
    }
}
