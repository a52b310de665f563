namespace FunctionalStack.Neural;

/// <summary>Examples and what is to be said of each.</summary>
public sealed record LabelledExamples
{
    /// <exception cref="ArgumentException">There are not as many targets as examples.</exception>
    public LabelledExamples(Examples inputs, Target target) : this(inputs, new Roles(target))
    {
    }

    /// <param name="inputs">What is read.</param>
    /// <param name="roles">
    /// What is to be said, and how much each example counts: of weights only the ratios matter, and an example of weight 0 is as good
    /// as absent. Groups and times bind a validation share.
    /// </param>
    /// <exception cref="ArgumentException">There are not as many targets, weights, groups or times as examples.</exception>
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

    public Examples Inputs { get; }

    public Roles Roles { get; }

    public Target Target => Roles.Target;

    public int Count => Inputs.Count;

    public LabelledExamples Take(EquatableArray<int> rows) => new(Inputs.Take(rows), Roles.Take(rows));
}

/// <summary>What a network is trained on and, where given, measured on after each epoch.</summary>
/// <param name="Train">What the steps see; a share is split off for validation where <see cref="TrainingOptions.ValidationShare"/> says so.</param>
/// <param name="Validation">What early stopping goes by.</param>
/// <param name="Test">What changes nothing but the history.</param>
public sealed record TrainingData(LabelledExamples Train, LabelledExamples? Validation = null, LabelledExamples? Test = null)
{
    public static implicit operator TrainingData(LabelledExamples train) => new(train);
}
