namespace FunctionalStack.Neural;

/// <summary>Examples and what is to be said of each.</summary>
public sealed record LabelledExamples
{
    /// <exception cref="ArgumentException">There are not as many targets as examples.</exception>
    public LabelledExamples(Examples inputs, Target target) => (Inputs, Target) = inputs.Count == target.Count
        ? (inputs, target)
        : throw new ArgumentException($"{target.Count} targets for {inputs.Count} examples", nameof(target));

    public Examples Inputs { get; }

    public Target Target { get; }

    public int Count => Inputs.Count;

    public LabelledExamples Take(Values<int> rows) => new(Inputs.Take(rows), Target.Take(rows));
}

/// <summary>What a network is trained on and, where given, measured on after each epoch.</summary>
/// <param name="Train">What the steps see; a share is split off for validation where <see cref="TrainingOptions.ValidationShare"/> says so.</param>
/// <param name="Validation">What early stopping goes by.</param>
/// <param name="Test">What changes nothing but the history.</param>
public sealed record TrainingData(LabelledExamples Train, LabelledExamples? Validation = null, LabelledExamples? Test = null)
{
    public static implicit operator TrainingData(LabelledExamples train) => new(train);
}
