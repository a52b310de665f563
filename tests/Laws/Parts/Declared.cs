using Xunit;

namespace FunctionalStack.Laws;

/// <summary>Whether a learner takes what it declares (<see cref="Capabilities"/>), and nothing else.</summary>
public static class Declared
{
    private const int Rows = 24;

    /// <summary>On random rows of either kind of target.</summary>
    /// <param name="learner">The learner.</param>
    /// <param name="seed">Of the rows and of the fits.</param>
    /// <param name="bases">How many it stands above, where it reads nothing but predictions.</param>
    public static void Holds(ILearner learner, Seed seed, int bases = 2)
    {
        foreach (var kind in new[] { TargetKinds.Classes, TargetKinds.Numeric })
        {
            var data = Data(learner, kind, seed, bases);
            Is(learner.Capabilities.Targets.HasFlag(kind), learner, data, "", seed);

            // A composition is refused by its parts, or before any of them is fitted.
            if (!learner.Capabilities.Targets.HasFlag(kind))
            {
                if (learner is ILeafLearner)
                {
                    Assert.True(learner.Check(data.Target).Count > 0, $"{learner.Name} is not checked for its target");
                }

                continue;
            }

            Assert.Empty(learner.Check(data.Target));
            Is(learner.Capabilities.MissingValues, learner, data.WithFrame(WithMissing(data.Frame)), "with a missing value", seed);
            Weights(learner, data, seed);
            if (learner.Capabilities.PredictionsOnly)
            {
                Is(false, learner, Table(kind, seed), "that no base predicted", seed);
                if (kind == TargetKinds.Classes)
                {
                    Is(learner.Capabilities.Categories, learner, Predictions(kind, StackMethod.Labels, seed, bases), "of labels", seed);
                }
            }
            else
            {
                var categories = Column.Categorical.Of([.. Enumerable.Range(0, Rows).Select(row => row % 3 == 0 ? "p" : "q")]);
                Is(learner.Capabilities.Categories, learner, data.WithFrame(data.Frame.With("categories", categories)), "with categories",
                    seed);
            }
        }
    }

    /// <summary>
    /// A learner that supports weights uses them, for each supported kind of target, with at least one of several seeds.
    /// </summary>
    public static void WeightsCount(ILearner learner, int bases = 2)
    {
        if (!learner.Capabilities.Weights) return;
        foreach (var kind in new[] { TargetKinds.Classes, TargetKinds.Numeric }.Where(kind => learner.Capabilities.Targets.HasFlag(kind)))
        {
            Assert.True(
                Enumerable.Range(0, 12).Select(seed => Seed.Of(seed)).Any(seed => Data(learner, kind, seed, bases) is var data
                    && !learner.FitModel(data, seed).Equals(learner.FitModel(Differing(data), seed))),
                $"{learner} supports weights, but does not use them");
        }
    }

    // Equal weights are none to anyone; what else they come to is held to the laws of weights.
    private static void Weights(ILearner learner, Dataset data, Seed seed)
    {
        Is(true, learner, data.WithFrequencies(EquatableArray.From(Enumerable.Repeat(2.0, Rows))), "of weight 2", seed);
        Is(learner.Capabilities.Weights, learner, Differing(data), "of differing weights", seed);
    }

    private static Dataset Differing(Dataset data) =>
        data.WithFrequencies(EquatableArray.From(Enumerable.Range(0, Rows).Select(row => row % 4 == 0 ? 7.0 : 1.0)));

    private static void Is(bool declared, ILearner learner, Dataset data, string what, Seed seed)
    {
        var made = from model in learner.FitModel(data, seed)
                   from prediction in model.Predict(data.Frame)
                   select prediction.Count;
        made.Match(
            count =>
            {
                Assert.True(declared, $"{learner} took {data.Target.GetType().Name} of rows {what}, which it does not declare");
                return count;
            },
            failure =>
            {
                Assert.False(declared, $"{learner} declares {data.Target.GetType().Name} of rows {what}, but: {failure}");
                return 0;
            });
    }

    private static Dataset Data(ILearner learner, TargetKinds kind, Seed seed, int bases) =>
        learner.Capabilities.PredictionsOnly ? Predictions(kind, StackMethod.Probabilities, seed, bases) : Table(kind, seed);

    /// <summary>Two columns of counts, which any learner of numbers takes.</summary>
    private static Dataset Table(TargetKinds kind, Seed seed)
    {
        var stream = seed.Fork("table").Stream();
        var codes = Codes();
        var columns = Enumerable.Range(0, 2).Select(c =>
            ($"x{c}", (Column)Column.Numeric.Of([.. codes.Select(code => code * (c + 1) + 5 * stream.NextDouble())])));
        return new(Frame.Of([.. columns]), Truth(kind, codes, seed));
    }

    /// <summary>The columns of this number of bases, with independent errors.</summary>
    private static Dataset Predictions(TargetKinds kind, StackMethod method, Seed seed, int bases)
    {
        var target = Truth(kind, Codes(), seed);
        var columns = Enumerable.Range(0, bases).Select(b =>
            new StackColumns(method).Columns($"base{b}", Predicted(target, seed.Fork("predictions").Fork(b))));
        return new(new Frame(Rows, [.. columns.SelectMany(frame => frame.Columns)]), target);
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

    private static int[] Codes() => [.. Enumerable.Range(0, Rows).Select(row => row % 3)];

    private static Target Truth(TargetKinds kind, int[] codes, Seed seed)
    {
        var stream = seed.Fork("target").Stream();
        return kind == TargetKinds.Classes
            ? Target.Classes.Of([.. codes.Select(code => $"c{(stream.Next(5) == 0 ? stream.Next(3) : code)}")])
            : new Target.Numeric(EquatableArray.From(codes.Select(code => 1 + code + stream.NextDouble())));
    }

    /// <summary>The same columns, except for one number of the first.</summary>
    private static Frame WithMissing(Frame frame)
    {
        var numbers = ((Column.Numeric)frame.Columns[0].Column).ToArray();
        numbers[3] = double.NaN;
        return new(frame.RowCount,
            [frame.Columns[0] with { Column = new Column.Numeric(EquatableArray.Own(numbers)) }, .. frame.Columns.Skip(1)]);
    }
}
