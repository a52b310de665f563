namespace FunctionalStack.Laws;

/// <summary>Predictions of bases with independent errors, for learners that read nothing else.</summary>
internal static class Bases
{
    public static Dataset Over(Target target, StackMethod method, Seed seed, int bases)
    {
        var columns = Enumerable.Range(0, bases).Select(at =>
            new StackColumns(method).Columns($"base{at}", Predicted(target, seed.Fork("predictions").Fork(at))));
        return new(new Frame(target.Count, [.. columns.SelectMany(frame => frame.Columns)]), target);
    }

    private static Prediction Predicted(Target target, Seed seed)
    {
        var stream = seed.Stream();
        return target switch
        {
            Target.Classes classes => new Prediction.Probabilities(classes.Levels, EquatableArray.From(classes.Codes.SelectMany(code =>
            {
                var scores = classes.Levels.Select((_, level) => stream.NextDouble() + (level == code ? 0.5 : 0.1)).ToArray();
                return scores.Select(score => score / scores.Sum());
            }))),
            Target.Numeric values =>
                new Prediction.Numeric(EquatableArray.From(values.Values.Select(number => number + stream.NextNormal()))),
            _ => throw new InvalidOperationException(),
        };
    }
}
