namespace FunctionalStack.Neural;

/// <summary>Examples with their targets.</summary>
public sealed record LabelledExamples
{
    /// <summary>Examples with their targets, all of weight 1.</summary>
    /// <exception cref="ArgumentException">The number of targets is not the number of examples.</exception>
    public LabelledExamples(Examples inputs, Target target) : this(inputs, new Roles(target))
    {
    }

    /// <summary>Examples with their targets, weights, groups and times.</summary>
    /// <param name="inputs">The inputs.</param>
    /// <param name="roles">
    /// The targets, and the weights, groups and times if any. Only the ratios of the weights matter, and an example of weight 0
    /// has no effect. Groups and times apply to the validation split.
    /// </param>
    /// <exception cref="ArgumentException">The number of targets, weights, groups or times is not the number of examples.</exception>
    public LabelledExamples(Examples inputs, Roles roles)
    {
        Check(roles.Count, "targets");
        Check(roles.Weights?.Count ?? inputs.Count, "weights");
        Check(roles.Groups?.Count ?? inputs.Count, "groups");
        Check(roles.Time?.Count ?? inputs.Count, "times");
        (Inputs, Roles) = (inputs, roles);

        void Check(int count, string what)
        {
            if (count != inputs.Count) throw new ArgumentException($"{count} {what} for {inputs.Count} examples", nameof(roles));
        }
    }

    /// <summary>The inputs.</summary>
    public Examples Inputs { get; }

    /// <summary>The targets, and the weights, groups and times if any.</summary>
    public Roles Roles { get; }

    /// <summary>The targets.</summary>
    public Target Target => Roles.Target;

    /// <summary>The number of examples.</summary>
    public int Count => Inputs.Count;

    /// <summary>The examples at <paramref name="rows"/>, in that order.</summary>
    public LabelledExamples Take(EquatableArray<int> rows) => new(Inputs.Take(rows), Roles.Take(rows));
}

/// <summary>The training data, with optional validation and test examples that are scored after each epoch.</summary>
/// <param name="Train">The training examples. A share of them is held out for validation if <see cref="TrainingOptions.ValidationShare"/>
/// is above 0.</param>
/// <param name="Validation">The validation examples, used by early stopping.</param>
/// <param name="Test">The test examples. Their scores are recorded in the history and have no other effect.</param>
public sealed record TrainingData(LabelledExamples Train, LabelledExamples? Validation = null, LabelledExamples? Test = null)
{
    /// <summary>Training data without validation and test examples.</summary>
    public static implicit operator TrainingData(LabelledExamples train) => new(train);
}
