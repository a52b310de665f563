namespace FunctionalStack;

/// <summary>
/// A way to learn: plain data (a record of parameters) with a pure <see cref="Fit"/>. Compositions of learners are
/// learners, so whatever works for one works for a stack of stacks.
/// </summary>
public interface ILearner
{
    /// <summary>What reports call it, when nobody named it otherwise.</summary>
    string Name { get; }

    /// <summary>The model of these rows. Equal arguments give an equal model, bit for bit.</summary>
    Outcome<IModel> Fit(Dataset data, Seed seed);
}

/// <summary>What was learned: an immutable record of data with a pure <see cref="Predict"/>, safe from any thread.</summary>
public interface IModel
{
    /// <summary>One prediction a row, in row order, from the columns the model was fitted on, found by name.</summary>
    /// <returns>A failure where a column that the model needs is absent, or holds what it cannot read.</returns>
    Outcome<Prediction> Predict(Frame rows);
}
