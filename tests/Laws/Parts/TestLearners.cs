namespace FunctionalStack.Laws;

/// <summary>The weighted share of each class, or the weighted mean: the same for every row.</summary>
public sealed record Shares : ILeafLearner
{
    public string Name => "shares";

    public Capabilities Capabilities => new(MissingValues: true, Categories: true);

    public Outcome<IModel> FitLeaf(Dataset data, Seed seed)
    {
        var weight = Enumerable.Range(0, data.RowCount).Sum(row => data.Weights is { } w ? w[row] : 1.0);
        if (weight == 0) return NoWeight(Name);
        return Outcome.Ok<IModel>(data.Target switch
        {
            Target.Classes classes =>
                new ConstantModel(new Prediction.Probabilities(classes.Levels,
                    EquatableArray.From(classes.Mass(data.Weights).Select(mass => mass / weight)))),
            Target.Numeric values =>
                new ConstantModel(new Prediction.Numeric(EquatableArray.Of(values.Values.Select((y, row) =>
                    y * (data.Weights is { } w ? w[row] : 1.0)).Sum() / weight))),
            _ => throw new InvalidOperationException(),
        });
    }

    internal static Outcome<IModel> NoWeight(string name) =>
        Outcome.Fail<IModel>(name, "no training row has any weight", "Bring rows of positive weight.");
}

/// <param name="Row">A prediction of one row, given for every row.</param>
public sealed record ConstantModel(Prediction Row) : IModel
{
    public Outcome<Prediction> Predict(Frame rows) =>
        Outcome.Ok<Prediction>(Row.Take(EquatableArray.From(Enumerable.Repeat(0, rows.RowCount))));
}

/// <summary>
/// The target of the nearest training row that has any weight: memorizes its training rows, so that it is as far from
/// chance as can be on rows that it has seen. Missing values and differing categories are one apart; ties go to the earlier row.
/// </summary>
public sealed record Nearest : ILeafLearner
{
    public string Name => "nearest";

    public Capabilities Capabilities => new(MissingValues: true, Categories: true);

    public Outcome<IModel> FitLeaf(Dataset data, Seed seed)
    {
        var kept = EquatableArray.From(Enumerable.Range(0, data.RowCount).Where(row => data.Weights is not { } w || w[row] > 0));
        return kept.Count == 0
            ? Shares.NoWeight(Name) : Outcome.Ok<IModel>(new NearestModel(data.Frame.Take(kept), data.Target.Take(kept)));
    }
}

public sealed record NearestModel(Frame Rows, Target Target) : IModel
{
    public Outcome<Prediction> Predict(Frame rows)
    {
        var pairs = Rows.Columns.Select(column => (Mine: column.Column, Theirs: rows[column.Name])).ToArray();
        var nearest =
            EquatableArray.From(Enumerable.Range(0, rows.RowCount)
                .Select(row => Enumerable.Range(0, Rows.RowCount).MinBy(known => Distance(pairs, row, known))));
        return Outcome.Ok<Prediction>(Target.Take(nearest) switch
        {
            Target.Classes classes => new Prediction.Probabilities(classes.Levels,
                EquatableArray.From(classes.Codes.SelectMany(code =>
                    Enumerable.Range(0, classes.Levels.Count).Select(level => level == code ? 1.0 : 0.0)))),
            Target.Numeric values => new Prediction.Numeric(values.Values),
            _ => throw new InvalidOperationException(),
        });
    }

    private static double Distance((Column Mine, Column Theirs)[] pairs, int row, int known)
    {
        var sum = 0.0;
        foreach (var pair in pairs)
        {
            sum += pair switch
            {
                (Column.Numeric mine, Column.Numeric theirs) when mine.IsMissing(known) || theirs.IsMissing(row) =>
                    mine.IsMissing(known) == theirs.IsMissing(row) ? 0.0 : 1.0,
                (Column.Numeric mine, Column.Numeric theirs) => (mine[known] - theirs[row]) * (mine[known] - theirs[row]),
                (Column.Categorical mine, Column.Categorical theirs) => mine.LevelOf(known) == theirs.LevelOf(row) ? 0.0 : 1.0,
                _ => throw new InvalidOperationException("a column changed its kind"),
            };
        }

        return sum;
    }
}

/// <summary>A positive number for each row: 1 plus the size of what <see cref="Nearest"/> predicts, in some unit.</summary>
public sealed record Magnitude(double Unit = 1) : ILeafLearner
{
    public string Name => "magnitude";

    public Capabilities Capabilities => new Nearest().Capabilities with { Targets = TargetKinds.Numeric };

    public Outcome<IModel> FitLeaf(Dataset data, Seed seed) =>
        new Nearest().FitLeaf(data, seed).Map<IModel>(nearest => new MagnitudeModel(nearest, Unit));
}

public sealed record MagnitudeModel(IModel Nearest, double Unit) : IModel
{
    public Outcome<Prediction> Predict(Frame rows) => Nearest.Predict(rows).Map<Prediction>(found => new Prediction.Numeric(
        EquatableArray.From(((Prediction.Numeric)found).Values.Select(y => Unit * (1 + Math.Abs(y))))));
}

/// <summary>
/// Predicts noise that depends on every value, target and weight of the training rows and on their order, on the row
/// predicted and, where asked for, on the seed. If a fit sees anything that it should not, all its predictions change.
/// </summary>
public sealed record Digest(bool Seeded = true) : ILeafLearner
{
    public string Name => "digest";

    public Capabilities Capabilities => new(MissingValues: true, Categories: true);

    public Outcome<IModel> FitLeaf(Dataset data, Seed seed)
    {
        var state = Seeded ? Fingerprint.Mix(Fingerprint.Of(data), seed.State) : Fingerprint.Of(data);
        if (data.Target is not Target.Classes classes) return Outcome.Ok<IModel>(new DigestModel(state, default, default));
        var mass = classes.Mass(data.Weights);
        return mass.Sum() == 0
            ? Shares.NoWeight(Name)
            : Outcome.Ok<IModel>(new DigestModel(state, classes.Levels, EquatableArray.From(mass.Select(m => m > 0))));
    }
}

/// <param name="State">What the training rows came to.</param>
/// <param name="Levels">Empty for regression.</param>
/// <param name="Present">Which levels some training row of weight had.</param>
public sealed record DigestModel(ulong State, EquatableArray<string> Levels, EquatableArray<bool> Present) : IModel
{
    public Outcome<Prediction> Predict(Frame rows)
    {
        var prints = Fingerprint.Rows(rows).Select(print => Fingerprint.Mix(State, print)).ToArray();
        if (Levels.Count == 0)
            return Outcome.Ok<Prediction>(new Prediction.Numeric(EquatableArray.From(prints.Select(Fingerprint.Uniform))));
        return Outcome.Ok<Prediction>(new Prediction.Probabilities(Levels, EquatableArray.From(prints.SelectMany(print =>
        {
            var scores = Enumerable.Range(0, Levels.Count)
                .Select(level => Present[level] ? 0.01 + Fingerprint.Uniform(Fingerprint.Mix(print, Fingerprint.Of(Levels[level]))) : 0)
                .ToArray();
            return scores.Select(score => score / scores.Sum());
        }))));
    }
}

/// <summary>Fails where there are fewer than <paramref name="Least"/> rows.</summary>
public sealed record NeedsRows(int Least, ILeafLearner Learner) : ILeafLearner
{
    public string Name => Learner.Name;

    public Capabilities Capabilities => Learner.Capabilities;

    public Outcome<IModel> FitLeaf(Dataset data, Seed seed) => data.RowCount >= Least
        ? Learner.FitLeaf(data, seed)
        : Outcome.Fail<IModel>(Name, $"there are only {data.RowCount} rows", $"Bring at least {Least}.");
}

/// <summary>Fails where a level has no row.</summary>
public sealed record NeedsEveryClass(ILeafLearner Learner) : ILeafLearner
{
    public string Name => Learner.Name;

    public Capabilities Capabilities => Learner.Capabilities;

    public Outcome<IModel> FitLeaf(Dataset data, Seed seed) =>
        data.Target is Target.Classes classes && Array.IndexOf(classes.Mass(), 0) is >= 0 and var absent
        ? Outcome.Fail<IModel>(Name, $"no row has class '{classes.Levels[absent]}'", "Bring rows of every class.")
        : Learner.FitLeaf(data, seed);
}

/// <summary>Reports the number of training rows, as a note.</summary>
public sealed record Noted(ILeafLearner Learner) : ILeafLearner
{
    public string Name => Learner.Name;

    public Capabilities Capabilities => Learner.Capabilities;

    public Outcome<IModel> FitLeaf(Dataset data, Seed seed) => Learner.FitLeaf(data, seed).Noting([$"saw {data.RowCount} rows"]);
}

/// <summary>Several <see cref="Digest"/>s that can be fitted side by side; their mean answers.</summary>
public sealed record Committee(int Parts) : IParallelLearner
{
    public string Name => "committee";

    public Capabilities Capabilities => new(MissingValues: true, Categories: true);

    public Outcome<IModel> FitLeaf(Dataset data, Seed seed, WorkSharing work) => data.RowCount < 2
        ? Outcome.Fail<IModel>(Name, $"there are only {data.RowCount} rows", "Bring at least 2.")
        : Outcome.Ok<IModel>(new MeanModel(EquatableArray.Own(work.Map(Parts, part => Member(data, part))))).Noting(["prepared once"]);

    private static IModel Member(Dataset data, int part) =>
        new Digest().FitLeaf(data, Seed.Of(part)).Match(model => model, _ => new ConstantModel(
        data.Target is Target.Classes classes
            ? new Prediction.Probabilities(classes.Levels, EquatableArray.From(classes.Levels.Select(_ => 1.0 / classes.Levels.Count)))
            : new Prediction.Numeric(EquatableArray.Of(0.0))));
}

public sealed record MeanModel(EquatableArray<IModel> Models) : IModel
{
    public Outcome<Prediction> Predict(Frame rows) =>
        Outcome.Ok<Prediction>(Prediction.Mean([.. Models.Select(model => model.Predict(rows).OrThrow())]));
}
