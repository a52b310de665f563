using FunctionalStack.Learners;
using FunctionalStack.Preprocessing;

namespace FunctionalStack.Demos;

/// <summary>
/// The stack of the Titanic demo. The features are transforms inside each base's pipeline, so every fold fits them again on
/// its training rows only, target encoding included.
/// </summary>
public static class TitanicStack
{
    /// <summary>The number of folds.</summary>
    public const int K = 5;

    /// <summary>
    /// Five bases. The meta-learner is a logistic regression on the log-odds of their predictions: one column per base,
    /// <c>P(survived)</c>. The features depend on the columns of <paramref name="passengers"/>.
    /// </summary>
    /// <param name="passengers">The result of <see cref="TitanicPassengers.Features"/>.</param>
    /// <param name="folds">The seed of the folds.</param>
    /// <param name="combine">Which models predict new rows. By default the mean of the five fold models.</param>
    public static Stack Of(Frame passengers, Seed folds, Combine combine = Combine.Average)
    {
        var features = Features(passengers, families: true);
        var ordinal = DropColumns.Of("role").Then(new Impute(Indicator: false)).Then(new Ordinal());
        var standardized = new Standardize().Then(new Impute(Indicator: false)).Then(new OneHot(MinCount: 5));
        return new(
            [
                new("forest", features.Then(ordinal).Then(new RandomForest(200, MaxDepth: 6))),
                new("strangers", Features(passengers, families: false).Then(ordinal).Then(new RandomForest(200, MinSamplesLeaf: 3))),
                new("knn", features.Then(standardized).Then(new KNearestNeighbors(25))),
                new("naiveBayes", features.Then(DropColumns.Of("role")).Then(standardized).Then(new GaussianNaiveBayes())),
                new("logistic", features.Then(standardized).Then(new LogisticRegression(0.3))),
            ],
            new LogOdds().Then(new LogisticRegression(0.1)),
            new FoldPlan.Stratified(K, folds),
            combine,
            new StackColumns(DropFirstClass: true));
    }

    /// <summary>Derives numeric and categorical features from the raw columns of the passengers.</summary>
    /// <param name="passengers">The passengers. Only the column names are used.</param>
    /// <param name="families">Whether to target-encode the family and the ticket: the survival rate of the other training passengers with
    /// the same key.</param>
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

/// <summary>Log-odds of probabilities, ln(p / (1 - p)), with p clipped to [Floor, 1 - Floor].</summary>
/// <param name="Floor">The least probability; above 0 and below 0.5.</param>
public sealed record LogOdds(double Floor = 0.02) : ILeafTransform, IMap
{
    /// <inheritdoc/>
    public string Name => "logOdds";

    /// <inheritdoc/>
    public Outcome<Fitted> FitLeaf(Dataset data, Seed seed) => Apply(data.Frame).Map(view => new Fitted(view, this));

    /// <inheritdoc/>
    public Outcome<Frame> Apply(Frame rows) =>
        Outcome.Ok(new Frame(rows.RowCount, EquatableArray.From(rows.Columns.Select(column => column with
        {
            Column =
            new Column.Numeric(EquatableArray.From(((Column.Numeric)column.Column).ToArray().Select(p => Math.Clamp(p, Floor, 1 - Floor))
                .Select(p => Math.Log(p / (1 - p))))),
        }))));
}
