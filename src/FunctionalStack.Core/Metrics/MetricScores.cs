using System.Text;
using System.Text.Json.Serialization;

namespace FunctionalStack;

/// <summary>
/// Scores by metric. Each metric of <see cref="Metric"/> is a member: <c>scores.LogLoss</c> is <c>scores["logLoss"]</c>. A member throws
/// if the task does not have the metric, such as <see cref="Rmse"/> for classes; so that members are not serialized.
/// </summary>
/// <typeparam name="TScore">The type of a score.</typeparam>
public abstract record MetricScores<TScore> where TScore : class
{
    private protected MetricScores() { }

    /// <summary>The scores with the names of their metrics, in the order of <see cref="Metric.For"/>.</summary>
    private protected abstract IEnumerable<(string Metric, TScore Score)> Named { get; }

    /// <summary>The score of the metric with this name.</summary>
    /// <exception cref="KeyNotFoundException">There is no score of this metric. The message lists the metrics.</exception>
    public TScore this[string metric] => Named.FirstOrDefault(one => one.Metric == metric).Score ?? throw new KeyNotFoundException(
        $"there is no score of '{metric}'; the metrics are {string.Join(", ", Named.Select(one => one.Metric))}");

    /// <summary>The score of this metric.</summary>
    /// <exception cref="KeyNotFoundException">There is no score of this metric.</exception>
    public TScore this[Metric metric] => this[metric.Name];

    /// <summary>Classes: the accuracy (<see cref="Metric.Accuracy"/>).</summary>
    /// <exception cref="KeyNotFoundException">The target is numeric.</exception>
    [JsonIgnore]
    public TScore Accuracy => this[Metric.Accuracy];

    /// <summary>Classes: the log-loss (<see cref="Metric.LogLoss"/>).</summary>
    /// <exception cref="KeyNotFoundException">The target is numeric.</exception>
    [JsonIgnore]
    public TScore LogLoss => this[Metric.LogLoss];

    /// <summary>Classes: the area under the ROC curve (<see cref="Metric.RocAuc"/>).</summary>
    /// <exception cref="KeyNotFoundException">The target is numeric.</exception>
    [JsonIgnore]
    public TScore RocAuc => this[Metric.RocAuc];

    /// <summary>Classes: the balanced accuracy (<see cref="Metric.BalancedAccuracy"/>).</summary>
    /// <exception cref="KeyNotFoundException">The target is numeric.</exception>
    [JsonIgnore]
    public TScore BalancedAccuracy => this[Metric.BalancedAccuracy];

    /// <summary>Classes: the Brier score (<see cref="Metric.Brier"/>).</summary>
    /// <exception cref="KeyNotFoundException">The target is numeric.</exception>
    [JsonIgnore]
    public TScore Brier => this[Metric.Brier];

    /// <summary>Classes: the F1 score (<see cref="Metric.F1"/>).</summary>
    /// <exception cref="KeyNotFoundException">The target is numeric.</exception>
    [JsonIgnore]
    public TScore F1 => this[Metric.F1];

    /// <summary>Ordered classes: Cohen's kappa with quadratic weights (<see cref="Metric.QuadraticKappa"/>).</summary>
    /// <exception cref="KeyNotFoundException">The target is numeric, or its classes have no order.</exception>
    [JsonIgnore]
    public TScore QuadraticKappa => this[Metric.QuadraticKappa];

    /// <summary>Ordered classes: the mean absolute error of the ranks (<see cref="Metric.RankMae"/>).</summary>
    /// <exception cref="KeyNotFoundException">The target is numeric, or its classes have no order.</exception>
    [JsonIgnore]
    public TScore RankMae => this[Metric.RankMae];

    /// <summary>Numbers: the root of the mean squared error (<see cref="Metric.Rmse"/>).</summary>
    /// <exception cref="KeyNotFoundException">The target has classes.</exception>
    [JsonIgnore]
    public TScore Rmse => this[Metric.Rmse];

    /// <summary>Numbers: the mean absolute error (<see cref="Metric.Mae"/>).</summary>
    /// <exception cref="KeyNotFoundException">The target has classes.</exception>
    [JsonIgnore]
    public TScore Mae => this[Metric.Mae];

    /// <summary>Numbers: the coefficient of determination (<see cref="Metric.R2"/>).</summary>
    /// <exception cref="KeyNotFoundException">The target has classes.</exception>
    [JsonIgnore]
    public TScore R2 => this[Metric.R2];

    /// <summary>Prints no metric, since members of other tasks throw.</summary>
    protected virtual bool PrintMembers(StringBuilder builder) => false;
}
