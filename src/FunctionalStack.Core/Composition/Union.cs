namespace FunctionalStack;

/// <summary>What happens to a union if one of its parts cannot be fitted.</summary>
public enum OnFailure
{
    /// <summary>The union fails and names the part.</summary>
    Stop,

    /// <summary>The part is left out, with a note. If all parts fail, the union fails.</summary>
    LeaveOut,
}

/// <summary>A named transform of a union. Its seed is forked by the name.</summary>
/// <param name="Name">The name; distinct within the union.</param>
/// <param name="Transform">The transform.</param>
public sealed record Part(string Name, ITransform Transform)
{
    /// <summary>Whether a time budget may skip it. The bases of a stack are optional.</summary>
    public bool IsOptional { get; init; }
}

/// <summary>
/// Several transforms of the same rows, whose columns are concatenated. Associative up to column names, and
/// <see cref="Identity"/> passes the original columns through. Each part's seed is forked by its name, so parts do not
/// influence each other's randomness. The train view contains the rows that every part covers.
/// </summary>
/// <param name="Parts">The transforms, with distinct names.</param>
/// <param name="OnFailure">What happens if a part cannot be fitted.</param>
public sealed record Union(EquatableArray<Part> Parts, OnFailure OnFailure = OnFailure.Stop) : ICompositeTransform
{
    /// <inheritdoc/>
    public string Name => "union";

    bool ITransform.MakesPredictions => Parts.Count > 0 && Parts.All(part => part.Transform.MakesPredictions);

    bool ITransform.KeepsColumns => Parts.All(part => part.Transform.KeepsColumns);

    // A part may be left out.
    Frame? ITransform.Outline(Frame columns, Target target) =>
        OnFailure == OnFailure.Stop && Parts.Select(part => part.Transform.Outline(columns, target)?.Take(default)).ToArray() is var made
            && !made.Contains(null)
        ? Beside(0, made!).Match<Frame?>(found => found, _ => null)
        : null;

    // A cross-fitted part names itself.
    IEnumerable<Component> ISpec.Components => Parts.Select(part => new Component("", part.Transform, OnFailure == OnFailure.LeaveOut));

    /// <summary>A union of transforms, each with its default name.</summary>
    public static Union Of(params ITransform[] parts) => new(EquatableArray.From(parts.Select(part => new Part(part.Name, part))));

    FittedTransform ICompositeTransform.Fit(FitRows rows, Seed seed)
    {
        var first = Parts.FirstOrDefault(part => part.IsOptional);
        var parts = Parts.Select(part =>
        {
            var branch = part.IsOptional ? rows.Optional(part.Name, part == first) : rows;
            var own = OnFailure == OnFailure.LeaveOut ? branch.Tolerant : branch;
            return (Rows: own, Fit: own.Fit(part.Transform, seed.Fork(part.Name)));
        }).ToArray();
        var covered = parts.Select(part => part.Fit.Covered).Aggregate((EquatableArray<int>?)null, Common);
        return new(
            rows.Join(
                parts.Select(part => part.Fit.Fitted),
                () => Merge(covered?.Count ?? rows.Count, covered,
                    [.. parts.Select(part => (part.Fit.Covered, part.Fit.Fitted.Outcome, part.Rows.IsSkipped))])),
            covered);
    }

    private static EquatableArray<int>? Common(EquatableArray<int>? common, EquatableArray<int>? rows) =>
        rows is null || rows == common ? common : common is null ? rows : EquatableArray.From(common.Value.Intersect(rows.Value));

    private Outcome<Fitted> Merge(int count, EquatableArray<int>? covered,
        (EquatableArray<int>? Covered, Outcome<Fitted> Fitted, bool IsSkipped)[] parts)
    {
        var fitted = parts.Where(part => part.Fitted is Outcome<Fitted>.Ok).ToArray();
        var failed = parts.Where(part => part.Fitted is Outcome<Fitted>.Fail)
            .Select(part => (((Outcome<Fitted>.Fail)part.Fitted).Failure, part.IsSkipped)).ToArray();
        var stopping = fitted.Length == 0 ? failed : OnFailure == OnFailure.Stop ? failed.Where(part => !part.IsSkipped) : [];
        if (stopping.Select(part => part.Failure).FirstOrDefault() is { } failure) return new Outcome<Fitted>.Fail(failure);
        return from all in Outcome.All(fitted.Select(part => part.Fitted))
               from train in Beside(count, all.Select((one, at) => Narrow(one.TrainView, fitted[at].Covered, covered)))
               from noted in Outcome.Ok(new Fitted(train,
                   new UnionMap(EquatableArray.From(all.Select(one => one.Map))))
               {
                   OutOfFold =
                   EquatableArray.From(all.SelectMany(one => one.OutOfFold)),
                   Searches = EquatableArray.From(all.SelectMany(one => one.Searches)),
               })
                   .Noting(EquatableArray.From(failed.Select(part => part.Failure.LeftOut)))
               select noted;
    }

    private static Frame Narrow(Frame view, EquatableArray<int>? own, EquatableArray<int>? common)
    {
        if (common is null || common == own) return view;
        if (own is null) return view.Take(common.Value);
        var place = own.Value.Select((row, at) => (row, at)).ToDictionary(pair => pair.row, pair => pair.at);
        return view.Take(EquatableArray.From(common.Value.Select(row => place[row])));
    }

    private static Outcome<Frame> Beside(int rows, IEnumerable<Frame> frames)
    {
        var columns = frames.SelectMany(frame => frame.Columns).ToArray();
        return Ensure.Twice(columns.Select(column => column.Name)) is { } twice
            ? Outcome.Fail<Frame>($"column '{twice}'", "is made by two parts of a union", "Give the parts different names.")
            : Outcome.Ok(new Frame(rows, EquatableArray.Own(columns)));
    }
}

/// <summary>Concatenates the columns of several maps.</summary>
/// <param name="Maps">The maps.</param>
public sealed record UnionMap(EquatableArray<IMap> Maps) : IRowwiseMap
{
    /// <inheritdoc/>
    public Outcome<Frame> Apply(Frame rows) =>
        Outcome.All(Maps.Select(map => map.Apply(rows)))
            .Map(made => new Frame(rows.RowCount, EquatableArray.From(made.SelectMany(frame => frame.Columns))));

    RowMap? IRowwiseMap.ForRow(Frame columns)
    {
        var parts = Maps.Select(map => Rowwise.Of(map, columns)).ToArray();
        return parts.Length == 0 || parts.Contains(null) ? null : new(
            new Frame(0, EquatableArray.From(parts.SelectMany(part => part!.Columns.Columns))),
            new JoinedFunctions([.. parts.Select(part => part!.Function)]));
    }

    /// <inheritdoc/>
    public EquatableArray<string> Needs(EquatableArray<string> columns) => columns.NeededBy(Maps.Select(map => map.Needs(columns)));
}
