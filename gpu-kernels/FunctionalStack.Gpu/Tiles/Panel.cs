using FunctionalStack.Gpu.Registers;
using ILGPU;

namespace FunctionalStack.Gpu.Tiles;

/// <summary>Shared memory of one operand: two buffers of depth x columns, filled in turns.</summary>
internal readonly struct Panel(ArrayView<F4> numbers, int columns)
{
    /// <summary>F4s that two buffers of the widest panel take.</summary>
    public const int Size = 2 * Accumulators.Depth * (Accumulators.Rows + Gap) / 4;

    // Four depths of eight columns lie in 32 banks: as matrix units' operands are read.
    private const int Gap = 8;

    private readonly ArrayView<float> floats = numbers.Cast<float>();

    /// <summary>Numbers from one depth to the next.</summary>
    public static int Pitch(int columns) => columns + Gap;

    public ArrayView<F4> Buffer(int turn) => numbers.SubView(turn * Accumulators.Depth * Pitch(columns) / 4, Accumulators.Depth * Pitch(columns) / 4);

    /// <summary>Eight depths of one column.</summary>
    public void Down(int turn, int column, F8 x)
    {
        var at = turn * Accumulators.Depth * Pitch(columns) + column;
        floats[at] = x.X0;
        floats[at + Pitch(columns)] = x.X1;
        floats[at + 2 * Pitch(columns)] = x.X2;
        floats[at + 3 * Pitch(columns)] = x.X3;
        floats[at + 4 * Pitch(columns)] = x.X4;
        floats[at + 5 * Pitch(columns)] = x.X5;
        floats[at + 6 * Pitch(columns)] = x.X6;
        floats[at + 7 * Pitch(columns)] = x.X7;
    }

    /// <summary>Eight columns of one depth, the first a multiple of eight: two stores of 16 bytes.</summary>
    public void Across(int turn, int depth, int column, F8 x)
    {
        var at = ((turn * Accumulators.Depth + depth) * Pitch(columns) + column) / 4;
        numbers[at] = new() { X = x.X0, Y = x.X1, Z = x.X2, W = x.X3 };
        numbers[at + 1] = new() { X = x.X4, Y = x.X5, Z = x.X6, W = x.X7 };
    }
}
