namespace FunctionalStack;

/// <summary>What becomes of a union when one of its parts cannot be fitted.</summary>
public enum OnFailure
{
    /// <summary>The union fails, naming the part.</summary>
    Stop,

    /// <summary>The part is left out, and a note says so. When all parts fail, so does the union.</summary>
    LeaveOut,
}

/// <summary>A transform with the name its randomness is forked by.</summary>
public sealed record Part(string Name, ITransform Transform)
{
    /// <summary>Whether a run whose time is up may leave it out: a stack's bases are optional.</summary>
    public bool IsOptional { get; init; }
}

/// <summary>
/// Transforms side by side over the same rows: their columns, one after the other. Associative up to columns, with
/// <see cref="Identity"/> passing the originals through. Each part's seed is forked by its name, so parts don't touch
/// each other's randomness.
/// </summary>
public sealed record Union(Values<Part> Parts, OnFailure OnFailure = OnFailure.Stop) : IGraphTransform
{
    public string Name => "union";

    /// <summary>A union of transforms, each under its own name.</summary>
    public static Union Of(params ITransform[] parts) => new(Values.From(parts.Select(part => new Part(part.Name, part))));

    public Outcome<Fitted> Fit(Dataset data, Seed seed) =>
        Merge(data.Roles, FitParts(data, seed));

    /// <summary>The rows that every part covers.</summary>
    public Outcome<Values<int>?> Covered(Roles roles) => Outcome.Ok(Common(CoveredByParts(roles)));

    Deferred<Outcome<Fitted>> IGraphTransform.Unfold(FitScope scope, Seed seed)
    {
        var parts = Parts.Select(part =>
        {
            var branch = part.IsOptional ? scope.Optional(part.Name) : scope;
            var rows = OnFailure == OnFailure.LeaveOut ? branch.Tolerant : branch;
            return (Rows: rows, Fitted: rows.Fit(part.Transform, seed.Fork(part.Name)));
        }).ToArray();
        return scope.Task(Name, parts.Select(part => part.Fitted), () => Merge(scope.Roles, [.. parts.Select(part => part.Fitted.Value)], at => parts[at].Rows.IsSkipped));
    }

    // Where the first failure is the union's, nothing after it need be fitted.
    private Outcome<Fitted>[] FitParts(Dataset data, Seed seed)
    {
        var fitted = new List<Outcome<Fitted>>();
        foreach (var part in Parts)
        {
            fitted.Add(part.Transform.Fit(data, seed.Fork(part.Name)));
            if (OnFailure == OnFailure.Stop && fitted[^1] is Outcome<Fitted>.Fail) break;
        }

        return [.. fitted];
    }

    // A part whose folds cannot be made fails in its own Fit; here it simply covers everything.
    private Values<Values<int>?> CoveredByParts(Roles roles) =>
        Values.From(Parts.Select(part => part.Transform.Covered(roles).Match(rows => rows, _ => null)));

    private static Values<int>? Common(Values<Values<int>?> coverings) => coverings.Aggregate((Values<int>?)null, (common, rows) =>
        rows is null || rows == common ? common : common is null ? rows : Values.From(common.Value.Intersect(rows.Value)));

    private Outcome<Fitted> Merge(Roles roles, Outcome<Fitted>[] parts, Func<int, bool>? skipped = null)
    {
        var fitted = Enumerable.Range(0, parts.Length).Where(i => parts[i] is Outcome<Fitted>.Ok).ToArray();
        var failures = parts.Select((part, i) => (At: i, (part as Outcome<Fitted>.Fail)?.Failure)).Where(part => part.Failure is not null).Select(part => (part.At, Failure: part.Failure!)).ToArray();
        var stopping = fitted.Length == 0 ? failures : OnFailure == OnFailure.Stop ? failures.Where(part => skipped?.Invoke(part.At) != true) : [];
        if (stopping.Select(part => part.Failure).FirstOrDefault() is { } failure) return new Outcome<Fitted>.Fail(failure);

        var coverings = CoveredByParts(roles);
        var covered = Common(coverings);
        return from maps in Outcome.All(fitted.Select(i => parts[i]))
               let views = maps.Select((part, at) => Narrow(part.TrainView, coverings[fitted[at]], covered))
               from train in Beside(covered?.Count ?? roles.Count, views)
               from noted in Outcome.Ok(new Fitted(train, new UnionMap(Values.From(maps.Select(part => part.Map)))) { OutOfFold = Values.From(maps.SelectMany(part => part.OutOfFold)) })
                   .Noting(Values.From(failures.Select(part => part.Failure.LeftOut)))
               select noted;
    }

    private static Frame Narrow(Frame view, Values<int>? own, Values<int>? common)
    {
        if (common is null || common == own) return view;
        if (own is null) return view.Take(common.Value);
        var place = own.Value.Select((row, at) => (row, at)).ToDictionary(pair => pair.row, pair => pair.at);
        return view.Take(Values.From(common.Value.Select(row => place[row])));
    }

    private static Outcome<Frame> Beside(int rows, IEnumerable<Frame> frames)
    {
        var columns = frames.SelectMany(frame => frame.Columns).ToArray();
        return columns.GroupBy(column => column.Name).FirstOrDefault(same => same.Count() > 1) is { } twice
            ? Outcome.Fail<Frame>($"column '{twice.Key}'", "is made by two parts of a union", "Give the parts different names.")
            : Outcome.Ok(new Frame(rows, Values.Own(columns)));
    }
}

/// <summary>The columns of each map, one after the other.</summary>
public sealed record UnionMap(Values<IMap> Maps) : IMap
{
    public Outcome<Frame> Apply(Frame rows) =>
        Outcome.All(Maps.Select(map => map.Apply(rows))).Map(made => new Frame(rows.RowCount, Values.From(made.SelectMany(frame => frame.Columns))));
}
