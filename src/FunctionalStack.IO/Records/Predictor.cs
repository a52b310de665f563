using System.Buffers;
using System.Runtime.InteropServices;

namespace FunctionalStack.IO;

/// <summary>
/// Predicts single records of one type, for services. The fields are matched with the columns of the model once, and the model is
/// compiled to functions of one row, so a prediction builds no table. It is bit for bit that of the model. Create it once per model:
/// compiling takes milliseconds, and arranges the trees a second time in memory. It is thread-safe.
/// </summary>
/// <remarks>
/// Without allocations: linear models, discriminant analysis, trees, forests and gradient boosting, with the usual preprocessing, in
/// stacks of any depth. Bags of words allocate. Other models and transforms, such as nearest neighbours, support vector machines, nets,
/// <c>whiten</c> and <c>tfIdf</c>, predict or transform a table of one row inside.
/// </remarks>
/// <typeparam name="TRow">The type of the records.</typeparam>
public sealed class Predictor<TRow>
{
    // On the stack of a thread, 8 KiB.
    private const int FewCells = 1024;

    private readonly IConformingModel model;
    private readonly RecordReader<TRow> reader;
    private readonly Prediction outline;
    private readonly RowFunction? function;
    private readonly CellReader<TRow>[] cells;

    private Predictor(IConformingModel model, RecordReader<TRow> reader, Prediction outline, RowFunction? function,
        CellReader<TRow>[] cells)
    {
        (this.model, this.reader, this.outline, this.function, this.cells) = (model, reader, outline, function, cells);
        Levels = outline is Prediction.Probabilities p ? p.Levels : default;
    }

    /// <summary>The classes, in the order of their probabilities; empty for a numeric target.</summary>
    public EquatableArray<string> Levels { get; }

    /// <summary>The number of values of a prediction: one per class, or 1 for a numeric target.</summary>
    public int Width => Math.Max(1, Levels.Count);

    /// <summary>The predictor of a model. Fails if the model has no schema, as a part of a larger fit, or if the record has no field for
    /// one of its columns, or one that is neither a number, a category nor a date.</summary>
    /// <param name="model">A fitted or loaded model.</param>
    /// <param name="reader">The reader of the records.</param>
    public static Outcome<Predictor<TRow>> Of(IConformingModel model, RecordReader<TRow> reader)
    {
        if (model.Schema is not { } schema)
        {
            return Outcome.Fail<Predictor<TRow>>("the model", "has no schema, since it is a part of a larger fit",
                "Give the result of a fit, or a loaded model.");
        }

        if (schema.Columns.Select(column => reader.Unread(column.Source)).FirstOrDefault(failure => failure is not null) is { } unread)
            return new Outcome<Predictor<TRow>>.Fail(unread);

        // Without rows, this compares the names of the columns only.
        return model.Using(reader.Frame([]), (inner, columns) => inner.Predict(columns).Map(outline => new Predictor<TRow>(
            model, reader, outline, Rowwise.Of(inner, schema)?.Function,
            [.. schema.Columns.Select((column, place) =>
                CellReader<TRow>.Of(column, place, reader.Field(column.Name), reader.Field(column.Source)))]))).WithoutNotes();
    }

    /// <summary>The prediction of a record: one row. Notes and failures are those of the model's Predict.</summary>
    public Outcome<Prediction> Predict(TRow row)
    {
        var numbers = new double[Width];
        return Run(row, numbers) == CellRead.Usual
            ? Outcome.Ok<Prediction>(outline is Prediction.Probabilities p
                ? new Prediction.Probabilities(p.Levels, EquatableArray.Own(numbers), p.Threshold, p.Positive)
                : new Prediction.Numeric(EquatableArray.Own(numbers)))
            : Whole(row);
    }

    /// <summary>The prediction of a record without notes. Allocates nothing after the first call, unless the model does (see the
    /// remarks).</summary>
    /// <param name="row">The record.</param>
    /// <param name="prediction">The probability of each class, or the predicted value: <see cref="Width"/> values.</param>
    /// <returns>False if the model cannot read the record; <see cref="Predict(TRow)"/> says why.</returns>
    /// <exception cref="ArgumentException"><paramref name="prediction"/> is shorter than <see cref="Width"/>.</exception>
    public bool TryPredict(TRow row, Span<double> prediction)
    {
        if (prediction.Length < Width)
            throw new ArgumentException($"room for {prediction.Length} of {Width} values", nameof(prediction));
        if (Run(row, prediction[..Width]) != CellRead.Refused) return true;
        if (Whole(row) is not Outcome<Prediction>.Ok { Value: var whole }) return false;
        (whole is Prediction.Probabilities p ? p.For(Levels).Matrix : ((Prediction.Numeric)whole).Values).AsSpan().CopyTo(prediction);
        return true;
    }

    /// <summary>The class of a prediction: the most probable one, or that of the model's threshold.</summary>
    /// <param name="prediction">The probability of each class.</param>
    /// <exception cref="InvalidOperationException">The target is numeric.</exception>
    public string ClassOf(ReadOnlySpan<double> prediction) => Levels[CodeOf(prediction)];

    internal int CodeOf(ReadOnlySpan<double> prediction) => outline is Prediction.Probabilities p
        ? p.CodeOf(prediction[..Width])
        : throw new InvalidOperationException("the target is numeric; its prediction has no class");

    private Outcome<Prediction> Whole(TRow row) => model.Predict(reader.Frame(MemoryMarshal.CreateReadOnlySpan(ref row, 1)));

    // Refused if the row has to be predicted as a table.
    private CellRead Run(TRow row, Span<double> prediction)
    {
        if (function is null) return CellRead.Refused;
        var room = cells.Length + function.Scratch;
        var rented = room > FewCells ? ArrayPool<double>.Shared.Rent(room) : null;
        var texts = ArrayPool<string?>.Shared.Rent(Math.Max(1, cells.Length));
        try
        {
            return Run(row, rented ?? stackalloc double[FewCells], texts.AsSpan(0, cells.Length), prediction);
        }
        catch (Exception exception) when (model is LoadedModel && LoadedModel.IsMismatch(exception))
        {
            // Predicted as a table, the model of a file reports what does not fit together.
            return CellRead.Refused;
        }
        finally
        {
            if (rented is not null) ArrayPool<double>.Shared.Return(rented);
            ArrayPool<string?>.Shared.Return(texts, clearArray: true);
        }
    }

    private CellRead Run(TRow row, Span<double> room, Span<string?> texts, Span<double> prediction)
    {
        var read = CellRead.Usual;
        var numbers = room[..cells.Length];
        for (var c = 0; c < cells.Length; c++)
        {
            var own = cells[c].Read(row, texts, out numbers[c]);
            if (own == CellRead.Refused) return own;
            if (own == CellRead.Noted) read = own;
        }

        return function!.Run(new(numbers, texts), prediction, room[cells.Length..]) ? read : CellRead.Refused;
    }
}
