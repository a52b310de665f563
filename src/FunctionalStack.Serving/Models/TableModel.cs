using System.Buffers;
using FunctionalStack.IO;

namespace FunctionalStack.Serving;

/// <summary>A model for rows, compiled to a function of one row.</summary>
internal sealed class TableModel : ServedModel
{
    // Fewer rows are predicted one by one, which builds no table.
    private const int FewRows = 16;

    private const int RowsOfBlock = 8192;

    private readonly RowModel? compiled;
    private readonly Lazy<double[]> typical;

    private TableModel(string name, LoadedModel loaded, string digest, long bytes) : base(name, loaded.Card, digest, bytes)
    {
        Loaded = loaded;
        Reader = new(loaded.Schema);
        NoTexts = new string?[loaded.Schema.Columns.Count];
        compiled = Rowwise.Of(loaded.Model, loaded.Schema);
        typical = new(() => TypicalValues.Of(loaded.Model, loaded.Schema));
    }

    public LoadedModel Loaded { get; }

    public Schema Schema => Loaded.Schema;

    public RowsReader Reader { get; }

    /// <summary>The texts of a row without any.</summary>
    public string?[] NoTexts { get; }

    /// <summary>The typical value of each column (<see cref="TypicalValues"/>).</summary>
    public double[] Typical => typical.Value;

    /// <summary>Compiles a model. Fails if its parts do not fit together.</summary>
    public static Outcome<ServedModel> Of(string name, LoadedModel loaded, string digest, long bytes)
    {
        try
        {
            return Outcome.Ok<ServedModel>(new TableModel(name, loaded, digest, bytes));
        }
        catch (Exception exception) when (LoadedModel.IsMismatch(exception))
        {
            return Outcome.Fail<ServedModel>($"the model '{name}'", $"does not fit together: {exception.Message}", Refusal.FetchAgain);
        }
    }

    /// <summary>The predictions of rows, with notes. They are those of <see cref="LoadedModel.Predict"/>, bit for bit.</summary>
    public Outcome<Prediction> Predict(RowBlock rows, IExecutor executor, CancellationToken cancellation) =>
        rows.Count <= FewRows && !rows.IsNoted && compiled is not null && OneByOne(rows) is { } few
            ? Outcome.Ok(few) : Predict(rows.Count, rows.Frame, executor, cancellation);

    /// <summary>The predictions of a table.</summary>
    public Outcome<Prediction> Predict(Frame rows, IExecutor executor, CancellationToken cancellation) => Predict(rows.RowCount,
        (from, count) => count == rows.RowCount ? rows : rows.Take(EquatableArray.From(Enumerable.Range(from, count))), executor,
        cancellation);

    private Outcome<Prediction> Predict(int count, Func<int, int, Frame> part, IExecutor executor, CancellationToken cancellation) =>
        Blocks.Predict(count, RowsOfBlock,
            (from, size) => executor.Predict(Loaded, part(from, size), cancellation).Below(from), cancellation);

    /// <summary>Predicts the cells of one row. False if it has to be predicted as a table.</summary>
    public bool TryRun(ReadOnlySpan<double> cells, ReadOnlySpan<string?> texts, Span<double> results)
    {
        if (compiled is not { Function: var function }) return false;
        var rented = ArrayPool<double>.Shared.Rent(Math.Max(1, function.Scratch));
        try
        {
            return function.Run(new(cells, texts), results, rented.AsSpan(0, function.Scratch));
        }
        catch (Exception exception) when (LoadedModel.IsMismatch(exception))
        {
            // Predicted as a table, the model reports what does not fit together.
            return false;
        }
        finally
        {
            ArrayPool<double>.Shared.Return(rented);
        }
    }

    private Prediction? OneByOne(RowBlock rows)
    {
        var width = compiled!.Outline.Width();
        var matrix = new double[rows.Count * width];
        for (var row = 0; row < rows.Count; row++)
        {
            if (!TryRun(rows.Numbers(row), rows.Texts(row, NoTexts), matrix.AsSpan(row * width, width))) return null;
        }

        return compiled.Outline is Prediction.Probabilities p
            ? new Prediction.Probabilities(p.Levels, EquatableArray.Own(matrix), p.Threshold, p.Positive)
            : new Prediction.Numeric(EquatableArray.Own(matrix));
    }
}
