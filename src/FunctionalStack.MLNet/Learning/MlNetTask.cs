namespace FunctionalStack.MLNet;

/// <summary>What a trainer of ML.NET predicts, which determines the type of its label.</summary>
public enum MlNetTask
{
    /// <summary>One of two classes; the label is a boolean.</summary>
    Binary,

    /// <summary>One of any number of classes; the label is a key.</summary>
    Multiclass,

    /// <summary>A number; the label is in single precision.</summary>
    Regression,
}
