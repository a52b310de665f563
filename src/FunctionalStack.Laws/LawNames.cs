namespace FunctionalStack.Laws;

/// <summary>The names of the laws.</summary>
public static class LawNames
{
    /// <summary>A fit does not change its rows.</summary>
    public const string RowsUnchanged = "training rows are not changed";

    /// <summary>Equal rows and seed give an equal model, or the same failure, at any number of threads.</summary>
    public const string Deterministic = "equal rows and seed give an equal model";

    /// <summary>A prediction for each row: finite numbers, or one probability for each class, which sum to 1.</summary>
    public const string Predictions = "predictions are finite, and probabilities sum to 1";

    /// <summary>A transform gives training rows and new rows the same columns.</summary>
    public const string SameColumns = "training rows and new rows get the same columns";

    /// <summary>A class without rows has probability 0.</summary>
    public const string AbsentClass = "a class without rows has probability 0";

    /// <summary>A category that training did not have gives a valid prediction or a failure, not an exception.</summary>
    public const string UnseenLevels = "unseen categories give a prediction or a failure";

    /// <summary>A row is predicted, or transformed, as it is among others.</summary>
    public const string RowAlone = "a row alone is predicted as among others";

    /// <summary>Weights of 1 are no weights.</summary>
    public const string UnitWeights = "weights of 1 are no weights";

    /// <summary>A frequency weight of 2 is the row twice.</summary>
    public const string FrequencyWeights = "a frequency weight of 2 is the row twice";

    /// <summary>Only ratios of importance weights count.</summary>
    public const string ImportanceWeights = "only ratios of importance weights count";

    /// <summary>The order of rows does not matter.</summary>
    public const string RowOrder = "the order of rows does not matter";

    /// <summary>A model that is saved and loaded predicts the same.</summary>
    public const string SavedAndLoaded = "a saved model predicts the same when it is loaded";

    /// <summary>What is declared is accepted, and what is not is refused.</summary>
    public const string Capabilities = "the declared capabilities are true";

    /// <summary>Weights that are declared as supported change the model.</summary>
    public const string WeightsUsed = "supported weights are used";

    /// <summary>One row, a constant column, no columns and no rows give a result or a failure, not an exception.</summary>
    public const string SmallTables = "small tables give a result or a failure";

    /// <summary>Parameters out of range are refused before rows are read.</summary>
    public const string Parameters = "parameters out of range are refused by Validate";
}
