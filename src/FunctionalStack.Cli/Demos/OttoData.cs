using FunctionalStack.IO;

namespace FunctionalStack.Cli.Demos;

/// <summary>Products to learn from and products to predict: 93 counts each, and which of nine classes it is.</summary>
/// <param name="Train">Counts and classes.</param>
/// <param name="Test">Those set aside.</param>
/// <param name="Source">Where they come from, in words.</param>
public sealed record OttoData(Dataset Train, Dataset Test, string Source)
{
    /// <summary>Of the rows, where nothing says which.</summary>
    private const double SetAside = 0.2;

    private const string Split = "split80_20.csv";

    /// <summary>
    /// Kaggle's <c>train.csv</c>, or the folder that it is in. A file <c>split80_20.csv</c> beside it (<c>id,test</c>) says which
    /// products are set aside; without it they are a fifth of each class, drawn by <paramref name="seed"/>.
    /// </summary>
    /// <param name="path">The file or the folder.</param>
    /// <param name="rows">So many products to learn from at most, drawn with the classes in proportion; null for all.</param>
    /// <param name="seed">Draws.</param>
    public static Outcome<OttoData> Files(string path, int? rows, Seed seed)
    {
        var file = Directory.Exists(path) ? Path.Combine(path, "train.csv") : path;
        var split = Path.Combine(Path.GetDirectoryName(file) ?? "", Split);
        return from table in Table.Read(file)
               from read in DatasetReader.Read(table, new TableRoles("target", Id: "id", Kind: TargetKind.Classes))
               from aside in File.Exists(split) ? Predicted(split, read) : Drawn(read.Dataset, seed)
               from data in Fewer(Of(read.Dataset, aside, File.Exists(split) ? $"{file}, set aside by {Split}" : file), rows, seed)
               select data;
    }

    /// <summary>Products that look like those, made up by <paramref name="seed"/>: <see cref="OttoLookalike"/>.</summary>
    public static Outcome<OttoData> Generated(int rows, Seed seed) =>
        from data in Outcome.Ok(OttoLookalike.Of(rows, seed.Fork("products")))
        from aside in Drawn(data, seed)
        select Of(data, aside, $"{rows} products made up");

    private static OttoData Of(Dataset data, EquatableArray<int> aside, string source)
    {
        var taken = new HashSet<int>(aside);
        return new(data.Take(EquatableArray.From(Enumerable.Range(0, data.RowCount).Where(row => !taken.Contains(row)))), data.Take(aside), source);
    }

    private static Outcome<OttoData> Fewer(OttoData all, int? rows, Seed seed) => rows is not { } wanted || wanted >= all.Train.RowCount
        ? Outcome.Ok(all)
        : new FoldPlan.HoldOut((double)wanted / all.Train.RowCount, seed.Fork("fewer")).Split(all.Train.Roles).Map(folds => all with { Train = all.Train.Take(folds[0].Holdout) });

    private static Outcome<EquatableArray<int>> Drawn(Dataset data, Seed seed) => new FoldPlan.HoldOut(SetAside, seed.Fork("set aside")).Split(data.Roles).Map(folds => folds[0].Holdout);

    private static Outcome<EquatableArray<int>> Predicted(string split, TrainingTable read) =>
        from table in Table.Read(split)
        from ids in DatasetReader.Ids(table, "id")
        from marks in DatasetReader.Ids(table, "test")
        from known in read.Ids is { } own ? Outcome.Ok(own) : Outcome.Fail<EquatableArray<string>>(split, "names products by their id, which train.csv lacks", "Bring train.csv with its column 'id'.")
        let aside = ids.Zip(marks).Where(row => row.Second == "1").Select(row => row.First).ToHashSet(StringComparer.Ordinal)
        let rows = EquatableArray.From(Enumerable.Range(0, known.Count).Where(row => aside.Contains(known[row])))
        from some in rows.Count > 0 && rows.Count < known.Count
            ? Outcome.Ok(rows)
            : Outcome.Fail<EquatableArray<int>>(split, $"sets {rows.Count} of {known.Count} products aside", "Mark some of train.csv's ids by 1 in the column 'test', and not all.")
        select some;
}
