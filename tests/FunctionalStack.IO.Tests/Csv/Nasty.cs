using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace FunctionalStack.IO.Tests.Csv;

/// <summary>Strings, frames and bytes that break a careless reader or writer of CSV.</summary>
internal static class Nasty
{
    private static readonly string[] Pieces =
        ["\"", ",", "\n", "\r\n", ";", "\t", " ", "a", "é", "漢", "😀", "'", "=1+1", "007", "-", "1e5", "#", "|", "\\"];

    private static readonly HashSet<string> Missing = ["", "NA", "N/A", "NaN", "nan", "null", "NULL", "?"];

    public static Gen<string?> Word { get; } =
        from pieces in Gen.Elements(Pieces).ListOf()
        let word = string.Concat(pieces).Trim()
        select Missing.Contains(word) ? null : word;

    public static Gen<double> Number { get; } = Gen.OneOf(
        Gen.Constant(double.NaN),
        Gen.Choose(-1000, 1000).Select(n => (double)n),
        ArbMap.Default.GeneratorFor<double>().Where(x => !(Math.Abs(x) > 1e100)));

    public static Gen<Frame> Frame { get; } =
        from rows in Gen.Choose(1, 12)
        from kinds in Gen.Elements(true, false).NonEmptyListOf()
        from columns in Gen.CollectToList(kinds.Take(6), numeric => numeric
            ? Number.ArrayOf(rows).Select(numbers => (Column)Column.Numeric.Of(numbers))
            : Word.ArrayOf(rows).Select(words => (Column)Column.Categorical.Of(words)))
        select new Frame(rows,
            EquatableArray.From(columns.Select((column, i) => new NamedColumn($"c{i} \"{(i % 2 == 0 ? "," : "\n")}x", column))));

    public static Gen<byte[]> Bytes { get; } = Gen.OneOf(
        ArbMap.Default.GeneratorFor<byte[]>(),
        Gen.Elements((string[])[.. Pieces, "\r", "\0", "\uFEFF", "1", "\n", "\n", ",", ","]).ListOf(40)
            .Select(pieces => Encoding.UTF8.GetBytes(string.Concat(pieces))));
}
