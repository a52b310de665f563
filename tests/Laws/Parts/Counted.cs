namespace FunctionalStack.Laws;

/// <summary>A number of fits.</summary>
public sealed class Counter
{
    private int count;

    public int Count => count;

    public void Add() => Interlocked.Increment(ref count);
}

/// <summary>Counts its fits, and predicts the same for every row.</summary>
public sealed record Counted(Counter Counter) : ILeafLearner
{
    public string Name => "counted";

    public Capabilities Capabilities => new(MissingValues: true, Categories: true);

    public Outcome<IModel> FitLeaf(Dataset data, Seed seed)
    {
        Counter.Add();
        return Outcome.Ok<IModel>(data.Target is Target.Classes classes
            ? new ConstantModel(new Prediction.Probabilities(classes.Levels,
                EquatableArray.From(classes.Levels.Select(_ => 1.0 / classes.Levels.Count))))
            : new ConstantModel(new Prediction.Numeric(EquatableArray.Of(0.0))));
    }
}
