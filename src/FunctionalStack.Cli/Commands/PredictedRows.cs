using System.CommandLine;
using FunctionalStack.Cli.Options;
using FunctionalStack.Cli.Output;
using FunctionalStack.Cli.Writing;
using FunctionalStack.IO;

namespace FunctionalStack.Cli.Commands;

/// <summary>The predictions of all rows of a file, written in blocks. For CSV files, the memory does not depend on the number
/// of rows.</summary>
/// <param name="Rows">The number of rows.</param>
/// <param name="Notes">The notes of each stage.</param>
/// <param name="Score">The score of the labelled rows, if there are any.</param>
internal sealed record PredictedRows(long Rows, EquatableArray<EquatableArray<Note>> Notes, LabelledScore? Score)
{
    /// <summary>The columns to write for a block, and its score.</summary>
    public sealed record Written(Frame Read, Frame Predicted, LabelledScore? Score);

    private sealed record Block(Table Table, Outcome<Written> Made, byte[] Text, EquatableArray<EquatableArray<Note>> Notes);

    /// <summary>
    /// Reads, predicts and writes the blocks, which give the same bytes as the whole file. If the rows have numeric labels, the whole file
    /// is one block, because the format of their column depends on all of it.
    /// </summary>
    /// <param name="blocks">The blocks.</param>
    /// <param name="model">The model, with the schema that reads the rows.</param>
    /// <param name="to">The file to write.</param>
    /// <param name="predict">Predicts a block and notes its stages.</param>
    /// <param name="threads">The number of threads.</param>
    /// <param name="terminal">Gets the notes, also those before a failure.</param>
    public static Outcome<PredictedRows> Write(TableBlocks blocks, LoadedModel model, string to,
        Func<Table, Stages, Outcome<Written>> predict, int threads, Terminal terminal)
    {
        var stages = new List<EquatableArray<EquatableArray<Note>>>();
        LabelledScore? score = null;
        var written = FrameFile.IsText(to)
            ? CsvFile.Write(to, stream => Each(block => stream.Write(block.Text)), terminal.Cancellation) : Together();

        // Blank lines are noted before everything else.
        var notes = EquatableArray.From(
            Stages.Merge(stages, blocks.Rows).Select((stage, i) => i == 0 ? [.. blocks.Notes, .. stage] : stage));
        foreach (var stage in notes) terminal.Notes(stage);
        return written.Map(_ => new PredictedRows(blocks.Rows, notes, score));

        // Files that are not text are written whole.
        Outcome<Done> Together()
        {
            var frames = new List<Frame>();
            return Each(block => frames.Add(block.Made.OrThrow().Predicted))
                .Bind(_ => FrameFile.Write(to, frames, terminal.Cancellation)).Map(_ => default(Done));
        }

        Outcome<Done> Each(Action<Block> write)
        {
            foreach (var next in InOrder.Map(Read(), read => read.Map(Of), threads))
            {
                if (next is not Outcome<Block>.Ok { Value: var block }) return next.Map(_ => default(Done));
                stages.Add(block.Notes);
                if (block.Made is not Outcome<Written>.Ok { Value: var made }) return block.Made.Map(_ => default(Done));
                if (blocks.Mixed(block.Table, model.Schema, made.Read) is { } mixed) return new Outcome<Done>.Fail(mixed);
                score = score is null || made.Score is null ? score ?? made.Score : score.And(made.Score);
                write(block);
            }

            return Outcome.Ok(default(Done));
        }

        IEnumerable<Outcome<Table>> Read()
        {
            while (blocks.Next(header => model.Card.Levels.Count == 0 && header.Contains(model.Card.Target)) is { } next)
            {
                terminal.Cancellation.ThrowIfCancellationRequested();
                yield return next;
                if (next is Outcome<Table>.Fail) yield break;
            }
        }

        Block Of(Table table)
        {
            var noted = new Stages();
            var made = predict(table, noted).Below(table.RowsBefore);
            using var text = new MemoryStream();
            if (FrameFile.IsText(to) && made is Outcome<Written>.Ok { Value.Predicted: var predicted })
            {
                CsvFile.Write(text, predicted, headed: table.RowsBefore == 0, terminal.Cancellation);
            }

            return new(table, made, text.ToArray(), noted.Notes);
        }
    }
}
