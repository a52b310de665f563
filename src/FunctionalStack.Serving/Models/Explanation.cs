namespace FunctionalStack.Serving;

/// <summary>Why a row has its prediction.</summary>
/// <param name="Method"><c>shap</c> or <c>typical</c>.</param>
/// <param name="Of">The explained number.</param>
/// <param name="Base">For Shapley values the expected number, to which the contributions are added; otherwise null.</param>
/// <param name="Contributions">The contribution of each column, the largest first.</param>
internal sealed record Explanation(string Method, string Of, double? Base, EquatableArray<Contribution> Contributions)
{
    /// <summary>Shapley values (Lundberg, Erion and Lee 2018): the contributions and the base sum to the score.</summary>
    public const string Shap = "shap";

    /// <summary>The change of the prediction if the column had its typical value instead.</summary>
    public const string Typical = "typical";
}

/// <summary>The contribution of a column.</summary>
/// <param name="Column">The column; for Shapley values of a pipeline the column after preprocessing.</param>
/// <param name="Value">The contribution.</param>
internal sealed record Contribution(string Column, double Value);
