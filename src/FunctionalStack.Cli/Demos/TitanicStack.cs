using FunctionalStack.Learners;
using FunctionalStack.Preprocessing;

namespace FunctionalStack.Cli.Demos;

/// <summary>
/// The stack of the demonstration. Each base brings its own features, so that whatever they learn of the target is learned
/// again in every fold, from that fold's training rows alone.
/// </summary>
public static class TitanicStack
{
    /// <summary>How many folds the recipe has.</summary>
    public const int K = 5;

    /// <summary>
    /// Five bases under a logistic regression on the log-odds of what they say; one column a base is handed up,
    /// <c>P(survived)</c>. Which features there are follows from the columns of <paramref name="passengers"/>.
    /// </summary>
    /// <param name="passengers">As <see cref="TitanicPassengers.Features"/> gives them.</param>
    /// <param name="folds">Shuffles the folds.</param>
    /// <param name="combine">Which models answer for later rows; the recipe's are the five averaged.</param>
    public static Stack Of(Frame passengers, Seed folds, Combine combine = Combine.Average)
    {
        var features = Features(passengers, families: true);
        var ranks = DropColumns.Of("role").Then(new Impute(Indicator: false)).Then(new Ordinal());
        var numbers = new Standardize().Then(new Impute(Indicator: false)).Then(new OneHot(MinCount: 5));
        return new(
            [
                new("forest", features.Then(ranks).Then(new RandomForest(200, MaxDepth: 6))),
                new("strangers", Features(passengers, families: false).Then(ranks).Then(new RandomForest(200, MinSamplesLeaf: 3))),
                new("knn", features.Then(numbers).Then(new KNearestNeighbors(25))),
                new("naiveBayes", features.Then(DropColumns.Of("role")).Then(numbers).Then(new GaussianNaiveBayes())),
                new("logistic", features.Then(numbers).Then(new LogisticRegression(0.3))),
            ],
            new LogOdds().Then(new LogisticRegression(0.1)),
            new FoldPlan.Stratified(K, folds),
            combine,
            new StackColumns(DropFirstClass: true));
    }

    /// <summary>From a passenger's raw columns to numbers and a few categories.</summary>
    /// <param name="passengers">Says which columns there are.</param>
    /// <param name="families">Whether to tell how the others of the family and of the ticket fared, among the training rows.</param>
    public static ITransform Features(Frame passengers, bool families)
    {
        string[] keys = [.. Given("name", "kin"), .. Given("ticket", "party")];
        ITransform features = new PassengerFeatures();
        if (passengers.Find("name") is not null) features = features.Then(new AgeByTitle());
        if (passengers.Find("ticket") is not null) features = features.Then(new TicketMates());
        return keys.Length == 0 ? features
            : families ? features.Then(new OnColumns(EquatableArray.From(keys), new TargetEncode(Folds: 10, Smoothing: 1)))
            : features.Then(DropColumns.Of(keys));

        string[] Given(string column, string key) => passengers.Find(column) is null ? [] : [key];
    }
}

/// <summary>Probabilities as log-odds, ln(p / (1 - p)), each p first brought into [Floor, 1 - Floor]: on that scale evidence adds up.</summary>
/// <param name="Floor">Above 0 and below 0.5.</param>
public sealed record LogOdds(double Floor = 0.02) : ILeafTransform, IMap
{
    public string Name => "logOdds";

    public Outcome<Fitted> FitLeaf(Dataset data, Seed seed) => Apply(data.Frame).Map(view => new Fitted(view, this));

    public Outcome<Frame> Apply(Frame rows) => Outcome.Ok(new Frame(rows.RowCount, EquatableArray.From(rows.Columns.Select(column => column with
    {
        Column = new Column.Numeric(EquatableArray.From(((Column.Numeric)column.Column).ToArray().Select(p => Math.Clamp(p, Floor, 1 - Floor)).Select(p => Math.Log(p / (1 - p))))),
    }))));
}
