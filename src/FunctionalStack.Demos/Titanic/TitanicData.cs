using FunctionalStack.IO;

namespace FunctionalStack.Demos;

/// <summary>Training and test passengers.</summary>
/// <param name="Train">The training rows: features and target.</param>
/// <param name="Test">The features of the test rows.</param>
/// <param name="Truth">The target of the test rows, or null if unknown.</param>
/// <param name="Ids">The passenger ids of the test rows, for a submission; null if the file has none.</param>
public sealed record TitanicData(Dataset Train, Frame Test, Target.Classes? Truth, EquatableArray<string>? Ids)
{
    /// <summary>The number of test rows among the 1,309 embedded passengers, the same as in the competition.</summary>
    private const int SetAside = 418;

    /// <summary>The embedded passengers, with a stratified test set of 418 rows drawn by <paramref name="seed"/>.</summary>
    public static Outcome<TitanicData> Embedded(Seed seed) =>
        from table in Outcome.Ok(EmbeddedData.Titanic)
        from rows in TitanicPassengers.Features(table)
        from target in TitanicPassengers.Target(table)
        from folds in new FoldPlan.HoldOut((double)SetAside / rows.RowCount, seed).Split(new Roles(target))
        let all = new Dataset(rows, target)
        select new TitanicData(all.Take(folds[0].Train), rows.Take(folds[0].Holdout), (Target.Classes)target.Take(folds[0].Holdout), null);

    /// <summary>Reads two files with the same columns. The second does not need the target. Each file is read once.</summary>
    public static Outcome<TitanicData> Files(string train, string test) =>
        from learned in Table.Read(train)
        from rows in TitanicPassengers.Features(learned)
        from target in TitanicPassengers.Target(learned)
        from asked in Table.Read(test)
        from later in TitanicPassengers.Features(asked)
        from _ in rows.Names.FirstOrDefault(name => later.Find(name) is null) is { } absent
            ? Outcome.Fail<Frame>(test, $"has no column '{absent}', which {train} has", "Give two files with the same columns.")
            : Outcome.Ok(later)
        from truth in TitanicPassengers.Spelled(asked, "survived") is null
            ? Outcome.Ok<Target.Classes?>(null) : TitanicPassengers.Target(asked).Map<Target.Classes?>(known => known)
        from ids in TitanicPassengers.Spelled(asked, "passengerId") is not { } id
            ? Outcome.Ok<EquatableArray<string>?>(null) : DatasetReader.Ids(asked, id).Map<EquatableArray<string>?>(words => words)
        select new TitanicData(new(rows, target), later, truth, ids);
}
