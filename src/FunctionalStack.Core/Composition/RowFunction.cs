namespace FunctionalStack;

/// <summary>
/// A computation on the cells of one row. Immutable and thread-safe. A model or map compiled to such functions predicts a row without
/// building a frame, with the same bits.
/// </summary>
internal abstract class RowFunction
{
    /// <summary>The number of results.</summary>
    public abstract int Count { get; }

    /// <summary>The number of scratch cells that <see cref="Run"/> needs.</summary>
    public virtual int Scratch => 0;

    /// <summary>Computes the results.</summary>
    /// <param name="row">The cells of the columns that the function was compiled for.</param>
    /// <param name="results"><see cref="Count"/> cells; all are written.</param>
    /// <param name="scratch">At least <see cref="Scratch"/> cells, of any content.</param>
    /// <returns>False if the row has to be predicted as a frame, such as one with a value that the model refuses.</returns>
    public abstract bool Run(RowCells row, Span<double> results, Span<double> scratch);
}

/// <summary>The cells of one row. A numeric cell is its value, NaN if missing. A categorical cell is its code, -1 if missing.</summary>
/// <param name="numbers">One cell per column.</param>
/// <param name="texts">
/// The texts of categorical cells that are not among the levels of their column. A code of the number of levels plus i is text i.
/// </param>
internal readonly ref struct RowCells(ReadOnlySpan<double> numbers, ReadOnlySpan<string?> texts)
{
    public ReadOnlySpan<double> Numbers { get; } = numbers;

    public ReadOnlySpan<string?> Texts { get; } = texts;

    public double this[int column] => Numbers[column];

    /// <summary>Other cells of the same row.</summary>
    public RowCells With(ReadOnlySpan<double> numbers) => new(numbers, Texts);

    /// <summary>The level of a categorical cell; null if missing.</summary>
    public string? LevelOf(int column, EquatableArray<string> levels) => (int)Numbers[column] switch
    {
        < 0 => null,
        var code when code < levels.Count => levels[code],
        var code => Texts[code - levels.Count],
    };
}

/// <summary>A map compiled for single rows.</summary>
/// <param name="Columns">The columns of its result, without rows.</param>
/// <param name="Function">Computes one cell per column.</param>
internal sealed record RowMap(Frame Columns, RowFunction Function);

/// <summary>A model compiled for single rows.</summary>
/// <param name="Outline">The prediction of no rows: classes and threshold.</param>
/// <param name="Function">Computes one probability per class, or one number.</param>
internal sealed record RowModel(Prediction Outline, RowFunction Function);
