using System.Text.Json;

namespace FunctionalStack.IO;

/// <summary>Folds in JSON, of a stack and of a search.</summary>
internal static class FoldsJson
{
    public static FoldsSpec Read(SpecJson json)
    {
        json.Keys("a key of folds", ["kind", "k", "shuffle", "repeats", "fraction"]);
        var kind = json.Find("kind")?.EnumName<FoldKind>() ?? FoldKind.Auto;
        var folds = new FoldsSpec(kind);
        Allow("k", folds.Counts);
        Allow("shuffle", folds.Shuffles);
        Allow("repeats", folds.Shuffles);
        Allow("fraction", kind == FoldKind.HoldOut);
        folds = folds with
        {
            K = json.Find("k")?.Int(least: 2) ?? folds.K,
            Shuffle = json.Find("shuffle")?.Boolean() ?? folds.Shuffle,
            Repeats = json.Find("repeats")?.Int(least: 1) ?? folds.Repeats,
        };
        if (folds.Repeats > 1 && !folds.Shuffle)
            throw json.No("folds are repeated without being shuffled, which gives the same folds again",
                "Remove repeats, or set shuffle to true.");
        return json.Find("fraction") is not { } fraction ? folds : fraction.Number() is > 0 and < 1
            ? folds with { Fraction = fraction.Number() }
            : throw fraction.No($"is {fraction.Number()}", "Give a share above 0 and below 1.");

        void Allow(string key, bool allowed)
        {
            if (!allowed && json.Find(key) is { } given)
                throw given.No($"folds of kind '{SpecValue.EnumName(kind)}' have no {key}", "Remove it.");
        }
    }

    public static void Write(Utf8JsonWriter json, FoldsSpec folds)
    {
        json.WriteStartObject();
        json.WriteString("kind", SpecValue.EnumName(folds.Kind));
        if (folds.Counts) json.WriteNumber("k", folds.K);
        if (folds.Kind == FoldKind.HoldOut) json.WriteNumber("fraction", folds.Fraction);
        if (folds.Shuffles)
        {
            json.WriteBoolean("shuffle", folds.Shuffle);
            json.WriteNumber("repeats", folds.Repeats);
        }

        json.WriteEndObject();
    }

    /// <summary>The spec of a plan that shuffles with the seed of the fit, or not at all.</summary>
    /// <exception cref="Refusal">The plan has a seed of its own, or is none that specs can name.</exception>
    public static FoldsSpec Of(FoldPlan plan) => plan switch
    {
        FoldPlan.Usual usual => new(FoldKind.Auto, usual.K, Shuffled(usual.Shuffle)),
        FoldPlan.KFold fold => new(FoldKind.Kfold, fold.K, Shuffled(fold.Shuffle)),
        FoldPlan.Stratified stratified => new(FoldKind.Stratified, stratified.K, Shuffled(stratified.Shuffle)),
        FoldPlan.Group group => new(FoldKind.Group, group.K),
        FoldPlan.StratifiedGroup group => new(FoldKind.StratifiedGroup, group.K),
        FoldPlan.TimeOrdered time => new(FoldKind.TimeOrdered, time.K),
        FoldPlan.Given => new(FoldKind.Given),
        FoldPlan.HoldOut part => new(FoldKind.HoldOut, Fraction: part.Fraction, Shuffle: Shuffled(part.Shuffle)),
        FoldPlan.Repeated repeated when repeated.Shuffle.IsByFit => Of(repeated.Plan) with { Repeats = repeated.Times },
        _ => throw new Refusal($"a spec cannot hold the folds {plan}", "Use folds that a spec can name, shuffled by the seed of the fit."),
    };

    private static bool Shuffled(Shuffle shuffle) => shuffle == Shuffle.None
        ? false
        : shuffle.IsByFit ? true : throw new Refusal("a spec cannot hold the seed of a plan", "Shuffle with the seed of the fit.");
}
