using FunctionalStack.IO;

namespace FunctionalStack.Demos;

/// <summary>Training and test products: 93 counts and one of nine classes each.</summary>
/// <param name="Train">The training rows.</param>
/// <param name="Test">The test rows.</param>
/// <param name="Source">A description of the data.</param>
public sealed record OttoData(Dataset Train, Dataset Test, string Source)
{
    /// <summary>The share of test rows if no file lists them.</summary>
    private const double SetAside = 0.2;

    private const string Split = "split80_20.csv";

    /// <summary>
    /// Reads Kaggle's <c>train.csv</c>. If the same folder has a file <c>split80_20.csv</c> (<c>id,test</c>), it lists the test
    /// rows; otherwise a fifth of each class is drawn by <paramref name="seed"/>.
    /// </summary>
    /// <param name="path">The file, or its folder.</param>
    /// <param name="rows">The largest number of training rows, drawn stratified by class; null for all.</param>
    /// <param name="seed">The seed of the draws.</param>
    public static Outcome<OttoData> Files(string path, int? rows, Seed seed)
    {
        var file = Directory.Exists(path) ? Path.Combine(path, "train.csv") : path;
        var split = Path.Combine(Path.GetDirectoryName(file) ?? "", Split);
        return from table in Table.Read(file)
               from read in DatasetReader.Read(table, new TableRoles("target", Id: "id", Kind: TargetKind.Classes))
               from aside in File.Exists(split) ? Predicted(split, read) : Drawn(read.Dataset, seed)
               from data in Fewer(Of(read.Dataset, aside, File.Exists(split) ? $"{file}, test rows listed in {Split}" : file), rows, seed)
               select data;
    }

    /// <summary>Generates similar products; see <see cref="OttoLookalike"/>.</summary>
    public static Outcome<OttoData> Generated(int rows, Seed seed) =>
        from data in Outcome.Ok(OttoLookalike.Of(rows, seed.Fork("products")))
        from aside in Drawn(data, seed)
        select Of(data, aside, $"{rows} generated products");

    private static OttoData Of(Dataset data, EquatableArray<int> aside, string source)
    {
        var taken = new HashSet<int>(aside);
        return new(data.Take(EquatableArray.From(Enumerable.Range(0, data.RowCount).Where(row => !taken.Contains(row)))), data.Take(aside),
            source);
    }

    private static Outcome<OttoData> Fewer(OttoData all, int? rows, Seed seed) => rows is not { } wanted || wanted >= all.Train.RowCount
        ? Outcome.Ok(all)
        : new FoldPlan.HoldOut((double)wanted / all.Train.RowCount, seed.Fork("fewer")).Split(all.Train.Roles)
        .Map(folds => all with { Train = all.Train.Take(folds[0].Holdout) });

    private static Outcome<EquatableArray<int>> Drawn(Dataset data, Seed seed) =>
        new FoldPlan.HoldOut(SetAside, seed.Fork("set aside")).Split(data.Roles).Map(folds => folds[0].Holdout);

    private static Outcome<EquatableArray<int>> Predicted(string split, TrainingTable read) =>
        from table in Table.Read(split)
        from ids in DatasetReader.Ids(table, "id")
        from marks in DatasetReader.Ids(table, "test")
        from known in read.Ids is { } own
            ? Outcome.Ok(own)
            : Outcome.Fail<EquatableArray<string>>(split, "lists products by id, but train.csv has no ids",
                "Give a train.csv with the column 'id'.")
        let aside = ids.Zip(marks).Where(row => row.Second == "1").Select(row => row.First).ToHashSet(StringComparer.Ordinal)
        let rows = EquatableArray.From(Enumerable.Range(0, known.Count).Where(row => aside.Contains(known[row])))
        from some in rows.Count > 0 && rows.Count < known.Count
            ? Outcome.Ok(rows)
            : Outcome.Fail<EquatableArray<int>>(split, $"marks {rows.Count} of {known.Count} products as test rows",
                "Mark some ids of train.csv with 1 in the column 'test', but not all.")
        select some;
}
