using FunctionalStack.Columnar;
using FunctionalStack.IO;

namespace FunctionalStack.Cli.Writing;

/// <summary>Writes predictions in the format of the file's extension: .parquet, .arrow or .feather; CSV for any other.</summary>
internal static class FrameFile
{
    /// <summary>Whether a file is written as text, so that blocks of rows can be written one after another.</summary>
    public static bool IsText(string path) => FormatOf(path) == TableFormat.Csv;

    public static Outcome<string> Write(string path, Frame frame, CancellationToken cancellation) => FormatOf(path) switch
    {
        TableFormat.Parquet => ParquetFile.Write(path, frame, cancellation),
        TableFormat.Arrow => ArrowFile.Write(path, frame, cancellation),
        _ => CsvFile.Write(path, frame, cancellation),
    };

    /// <summary>Writes the rows of frames with equal columns, one after another. There is at least one.</summary>
    public static Outcome<string> Write(string path, IReadOnlyList<Frame> frames, CancellationToken cancellation) =>
        Write(path, new Frame(frames.Sum(frame => frame.RowCount),
            EquatableArray.From(frames[0].Columns.Select(named => named with { Column = Concat(frames, named) }))), cancellation);

    private static Column Concat(IReadOnlyList<Frame> frames, NamedColumn named) => named.Column is Column.Numeric
        ? new Column.Numeric(EquatableArray.From(frames.SelectMany(frame => ((Column.Numeric)frame[named.Name]).ToArray())))
        : Column.Categorical.Of([.. frames.SelectMany(frame =>
        {
            var part = (Column.Categorical)frame[named.Name];
            return Enumerable.Range(0, part.Count).Select(part.LevelOf);
        })]);

    private static TableFormat FormatOf(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".parquet" => TableFormat.Parquet,
        ".arrow" or ".feather" => TableFormat.Arrow,
        _ => TableFormat.Csv,
    };
}
