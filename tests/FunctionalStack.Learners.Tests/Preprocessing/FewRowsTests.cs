using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Xunit;

namespace FunctionalStack.Preprocessing.Tests;

/// <summary>A few rows are encoded by searching, many with an index of all levels or words. Both give the same bits.</summary>
public class FewRowsTests
{
    private static readonly string?[] texts =
        ["the cat sat", "the dog sat the cat ran", "dog dog story", "a b", "cat 42 dog 42", null, "?"];

    private static readonly ITransform[] transforms =
        [new BagOfWords(5, 1, 0, 0, 0), new OneHot(), new OneHot(DropFirst: true), new TargetEncode()];

    private static Gen<string?[]> Cells { get; } = Gen.Elements(texts).ArrayOf(30);

    [Property]
    public Property One_row_alone_is_encoded_as_among_many() => Prop.ForAll(Cells.ToArbitrary(), Cells.ToArbitrary(), (fitted, cells) =>
    {
        var rows = Frame.Of(("t", Column.Categorical.Of([.. cells, "unseen words"])));
        foreach (var transform in transforms)
        {
            var data = Tables.Data(("t", Column.Categorical.Of([.. fitted, .. texts])));
            var map = transform.Fit(data, Seed.Of(1)).OrThrow().Map;
            var all = map.Apply(rows).OrThrow();
            for (var row = 0; row < rows.RowCount; row++)
                Assert.Equal(all.Take([row]), map.Apply(rows.Take([row])).OrThrow());
        }
    });
}
