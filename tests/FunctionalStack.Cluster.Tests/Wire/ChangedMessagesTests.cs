using System.IO.Compression;
using FunctionalStack.Cluster.Wire;
using FunctionalStack.Fuzz.Tests;
using FunctionalStack.IO;
using FunctionalStack.Learners;
using FunctionalStack.Preprocessing;
using Xunit;

namespace FunctionalStack.Cluster.Tests.Wire;

/// <summary>Messages that a seed has changed are refused, or read as some message.</summary>
public class ChangedMessagesTests
{
    private const int Head = 5;

    private static readonly string[] Words = ["knn", "tree", "impute", "{\"learner\"", "null", "\u0001\u0002", "x"];

    private static readonly Frame Columns = Frame.Of(
        ("x", Column.Numeric.Of(1, double.NaN, 3)), ("c", Column.Categorical.Of("a", null, "b")));

    private static readonly LeafRows Rows = new(Columns, null, new Dataset(Columns, Target.Classes.Of("p", "q", "p")).Roles);

    private static readonly Parser[] Parsers =
    [
        new("frames", [Content(FrameBytes.Of(Columns))], Words,
            bytes => FrameBytes.Read(bytes) is Outcome<Frame>.Ok { Value: var frame }
                && frame.Columns.Any(column => column.Column.Count != frame.RowCount) ? "columns of different lengths" : null)
        { Finish = Sealed },
        new("rows", [Content(RowsBytes.Of(Rows, [1])), Content(RowsBytes.Of(Rows, null))], Words,
            bytes => RowsBytes.Read(bytes).Bind(rows => rows.Of(Columns)) is Outcome<LeafRows>.Ok { Value: var rows }
                && rows.Rows is { } taken && taken.Any(row => row < 0 || row >= 3) ? "rows that the frame does not have" : null)
        { Finish = Sealed },
        new("leaves", [Leaf(new KNearestNeighbors(3)), Leaf(new Impute().Then(new Standardize()).Then(new DecisionTree()))], Words, bytes =>
        {
            _ = LeafBytes.Read(bytes, Rows, SpecNames.Default);
            return null;
        }),
    ];

    public static TheoryData<string> Names => [.. Parsers.Select(parser => parser.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Changed_messages_are_refused_or_read(string name) => Fuzzer.Check(Of(name));

    [Theory]
    [MemberData(nameof(Names))]
    public void Unchanged_messages_are_read(string name)
    {
        var parser = Of(name);
        Assert.All(parser.Corpus, input => Assert.Null(Fuzzer.WrongWith(parser, parser.Finish(input, 0))));
        if (name == "frames") Assert.Equal(Columns, FrameBytes.Read(parser.Finish(parser.Corpus[0], 0)).OrThrow());
    }

    private static Parser Of(string name) => Parsers.Single(parser => parser.Name == name);

    private static byte[] Leaf(ILearner learner) => LeafBytes.Of(LeafBytes.Of(learner, SpecNames.Default)!, Seed.Of(1));

    // The kind and the content, which is compressed in the message.
    private static byte[] Content(Blob blob)
    {
        using var brotli = new BrotliStream(new MemoryStream(blob.Bytes[Head..]), CompressionMode.Decompress);
        using var content = new MemoryStream();
        brotli.CopyTo(content);
        return [blob.Bytes[0], .. content.ToArray()];
    }

    private static byte[] Sealed(byte[] content, int seed) =>
        content.Length == 0 ? content : Blob.Of(content[0], writer => writer.Write(content, 1, content.Length - 1)).Bytes;
}
