namespace FunctionalStack.Laws;

/// <summary>Every numeric column plus a constant: learns nothing.</summary>
public sealed record Shift(double By) : ILeafTransform, IMap
{
    public string Name => "shift";

    public Outcome<Fitted> FitLeaf(Dataset data, Seed seed) => Apply(data.Frame).Map(view => new Fitted(view, this));

    public Outcome<Frame> Apply(Frame rows) =>
        Outcome.Ok(new Frame(rows.RowCount,
            EquatableArray.From(rows.Columns.Select(column => column with { Column = column.Column.Scaled(1, By) }))));
}

/// <summary>Every numeric column less its training mean over the values present: learns from the features.</summary>
public sealed record Center : ILeafTransform
{
    public string Name => "center";

    public Outcome<Fitted> FitLeaf(Dataset data, Seed seed)
    {
        var map =
            new CenterMap(EquatableArray.From(data.Frame.Columns.Where(c => c.Column is Column.Numeric)
                .Select(c => (c.Name, Mean((Column.Numeric)c.Column)))));
        return Outcome.Ok(new Fitted(map.Apply(data.Frame).OrThrow(), map));
    }

    private static double Mean(Column.Numeric column) => column.ToArray().Where(x => !double.IsNaN(x)).DefaultIfEmpty(0).Average();
}

public sealed record CenterMap(EquatableArray<(string Name, double Mean)> Means) : IMap
{
    public Outcome<Frame> Apply(Frame rows) =>
        Outcome.Ok(Means.Aggregate(rows, (frame, mean) => frame.With(mean.Name, frame[mean.Name].Scaled(1, -mean.Mean))));
}

/// <summary>
/// One column of noise that depends on the training rows, their targets, the row transformed and, where asked for, the
/// seed: a transform that notices everything. See <see cref="Fingerprint"/>.
/// </summary>
public sealed record Stamp(string Column, bool Seeded = true) : ILeafTransform
{
    public string Name => Column;

    public Outcome<Fitted> FitLeaf(Dataset data, Seed seed)
    {
        var map = new StampMap(Column, Seeded ? Fingerprint.Mix(Fingerprint.Of(data), seed.State) : Fingerprint.Of(data));
        return Outcome.Ok(new Fitted(map.Apply(data.Frame).OrThrow(), map));
    }
}

public sealed record StampMap(string Column, ulong State) : IMap
{
    public Outcome<Frame> Apply(Frame rows) =>
        Outcome.Ok(Frame.Of((Column,
            new Column.Numeric(EquatableArray.From(Fingerprint.Rows(rows)
            .Select(print => Fingerprint.Uniform(Fingerprint.Mix(State, print))))))));
}

/// <summary>All columns but the first: the frame may be left without any.</summary>
public sealed record DropFirst : ILeafTransform, IMap
{
    public string Name => "dropFirst";

    public Outcome<Fitted> FitLeaf(Dataset data, Seed seed) => Apply(data.Frame).Map(view => new Fitted(view, this));

    public Outcome<Frame> Apply(Frame rows) => Outcome.Ok(new Frame(rows.RowCount, EquatableArray.From(rows.Columns.Skip(1))));
}

/// <summary>Always fails.</summary>
public sealed record Broken(string Name) : ILeafTransform
{
    public Outcome<Fitted> FitLeaf(Dataset data, Seed seed) => Outcome.Fail<Fitted>(Name, "is broken", "Fix it.");
}

internal static class ColumnArithmetic
{
    public static Column Scaled(this Column column, double by, double plus) => column is Column.Numeric numeric
        ? new Column.Numeric(EquatableArray.From(numeric.ToArray().Select(x => x * by + plus)))
        : column;
}
