using FunctionalStack.IO;

namespace FunctionalStack.Cli.Demos;

/// <summary>Passengers to learn from and passengers to predict.</summary>
/// <param name="Train">Features and fates.</param>
/// <param name="Test">The features of those to be predicted.</param>
/// <param name="Truth">Their fates, where known.</param>
/// <param name="Ids">Their numbers, for a submission; null where the file has none.</param>
public sealed record TitanicData(Dataset Train, Frame Test, Target.Classes? Truth, EquatableArray<string>? Ids)
{
    /// <summary>How many of the 1,309 embedded passengers are set aside, as many as in the competition.</summary>
    private const int SetAside = 418;

    /// <summary>The embedded passengers, 418 of them set aside: shuffled by <paramref name="seed"/>, every fate in proportion.</summary>
    public static Outcome<TitanicData> Embedded(Seed seed) =>
        from table in Outcome.Ok(EmbeddedData.Titanic)
        from rows in TitanicPassengers.Features(table)
        from target in TitanicPassengers.Target(table)
        from folds in new FoldPlan.HoldOut((double)SetAside / rows.RowCount, seed).Split(new Roles(target))
        let all = new Dataset(rows, target)
        select new TitanicData(all.Take(folds[0].Train), rows.Take(folds[0].Holdout), (Target.Classes)target.Take(folds[0].Holdout), null);

    /// <summary>Two files with the same columns, of which the second needs no fates. Reads each once.</summary>
    public static Outcome<TitanicData> Files(string train, string test) =>
        from learned in Table.Read(train)
        from rows in TitanicPassengers.Features(learned)
        from target in TitanicPassengers.Target(learned)
        from asked in Table.Read(test)
        from later in TitanicPassengers.Features(asked)
        from _ in rows.Names.FirstOrDefault(name => later.Find(name) is null) is { } absent
            ? Outcome.Fail<Frame>(test, $"has no column '{absent}', which {train} has", "Give two files with the same columns.")
            : Outcome.Ok(later)
        from truth in TitanicPassengers.Spelled(asked, "survived") is null ? Outcome.Ok<Target.Classes?>(null) : TitanicPassengers.Target(asked).Map<Target.Classes?>(known => known)
        from ids in TitanicPassengers.Spelled(asked, "passengerId") is not { } id ? Outcome.Ok<EquatableArray<string>?>(null) : DatasetReader.Ids(asked, id).Map<EquatableArray<string>?>(words => words)
        select new TitanicData(new(rows, target), later, truth, ids);
}
