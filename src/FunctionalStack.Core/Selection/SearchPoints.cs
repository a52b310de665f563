namespace FunctionalStack;

/// <summary>The points of a search space for a learner.</summary>
internal static class SearchPoints
{
    // Further attempts at a point that has not been drawn yet, for each point.
    private const int Attempts = 100;

    private const int Digits = 4;

    /// <summary>The faults of a space: paths that name no parameter, and values of another type or that the learner refuses.</summary>
    public static IEnumerable<Failure> Faults(ILearner learner, SearchSpace space)
    {
        if (Ensure.Twice(space.Parameters.Select(one => one.Path)) is { } twice)
        {
            yield return new Failure($"space: {twice}", "is given twice", "Give all its values in one list.");
        }

        foreach (var parameter in space.Parameters)
        {
            if (Fault(learner, parameter) is { } fault) yield return fault.At($"space: {parameter.Path}");
        }
    }

    /// <summary>The number of points if all parameters have lists; null if one has a range. Saturates.</summary>
    public static int? Count(SearchSpace space) => space.Parameters.All(one => one.Values is SearchValues.Listed)
        ? (int)Math.Min(int.MaxValue,
            space.Parameters.Aggregate(1.0, (count, one) => count * ((SearchValues.Listed)one.Values).Values.Count))
        : null;

    /// <summary>All points of lists, in order. The last parameter varies fastest.</summary>
    public static IEnumerable<EquatableArray<Setting>> Grid(SearchSpace space) => space.Parameters.Aggregate(
        (IEnumerable<EquatableArray<Setting>>)[default],
        (points, parameter) => points.SelectMany(point => ((SearchValues.Listed)parameter.Values).Values
            .Select(value => EquatableArray.From(point.Append(new(parameter.Path, value))))));

    /// <summary>Distinct points drawn independently, or the whole grid if it has no more points. Fewer if no others are found.</summary>
    public static IEnumerable<EquatableArray<Setting>> Draw(ILearner learner, SearchSpace space, int count, Seed seed)
    {
        if (Count(space) <= count) return Grid(space);
        var whole = space.Parameters.Select(one => ParameterPath.TypeOf(learner, one.Path).Match(PlainValue.IsWhole, _ => false)).ToArray();
        var stream = seed.Stream();
        var (drawn, seen) = (new List<EquatableArray<Setting>>(), new HashSet<EquatableArray<Setting>>());
        for (var attempt = 0; drawn.Count < count && attempt < count * Attempts; attempt++)
        {
            var settings = new Setting[whole.Length];
            for (var i = 0; i < settings.Length; i++)
            {
                settings[i] = new(space.Parameters[i].Path, Draw(space.Parameters[i].Values, whole[i], ref stream));
            }

            if (seen.Add(EquatableArray.Own(settings))) drawn.Add(EquatableArray.Own(settings));
        }

        return drawn;
    }

    /// <summary>The point of a space at which the learner itself is.</summary>
    public static Outcome<EquatableArray<Setting>> Own(ILearner learner, SearchSpace space) => Outcome.All(space.Parameters.Select(one =>
        from type in ParameterPath.TypeOf(learner, one.Path)
        from value in ParameterPath.Get(learner, one.Path)
        select new Setting(one.Path, PlainValue.Of(type, value))));

    /// <summary>The learner at a point. The settings get the types of their parameters.</summary>
    public static Outcome<(ILearner Learner, EquatableArray<Setting> Point)> At(ILearner learner, EquatableArray<Setting> point) =>
        point.Aggregate(Outcome.Ok((learner, default(EquatableArray<Setting>))), (made, setting) =>
            from sofar in made
            from type in ParameterPath.TypeOf(learner, setting.Path)
            from value in PlainValue.As(type, setting.Value)
            from next in ParameterPath.Set(sofar.learner, setting.Path, value)
            select (next, EquatableArray.From(sofar.Item2.Append(new(setting.Path, PlainValue.Of(type, value))))));

    private static object Draw(SearchValues values, bool whole, ref RandomStream stream)
    {
        if (values is SearchValues.Listed list) return list.Values[stream.Next(list.Values.Count)]!;
        var (from, to, log) = values is SearchValues.Range range ? (range.From, range.To, range.Scale == Scale.Log) : default;
        // Of whole numbers, each end is as likely as the others.
        var end = whole ? to + 1 : to;
        var share = stream.NextDouble();
        var number = log ? Math.Exp(Math.Log(from) + share * (Math.Log(end) - Math.Log(from))) : from + share * (end - from);
        return whole ? (object)(long)Math.Clamp(Math.Floor(number), from, to) : Math.Clamp(Rounded(number, from, to), from, to);
    }

    // So that the printed value is the one used, unless the range is too narrow for that.
    private static double Rounded(double number, double from, double to) =>
        to - from < 0.01 * Math.Max(Math.Abs(from), Math.Abs(to)) || number == 0
            ? number
            : double.Parse(number.ToString($"E{Digits - 1}", System.Globalization.CultureInfo.InvariantCulture),
                System.Globalization.CultureInfo.InvariantCulture);

    private static Failure? Fault(ILearner learner, SearchParameter parameter) => ParameterPath.TypeOf(learner, parameter.Path).Match(
        type => parameter.Values switch
        {
            SearchValues.Listed { Values.Count: 0 } => new Failure("", "has no values", "Give at least one."),
            SearchValues.Listed list =>
                list.Values.Select(value => Refused(learner, parameter.Path, value)).FirstOrDefault(one => one is not null),
            SearchValues.Range range => OfRange(range, type)
                ?? Refused(learner, parameter.Path, range.From) ?? Refused(learner, parameter.Path, range.To),
            _ => throw new InvalidOperationException(),
        },
        failure => failure);

    private static Failure? OfRange(SearchValues.Range range, Type type) =>
        !PlainValue.IsNumeric(type) ? new("", "is not a number, so it has no range", "Give a list of values.")
        : !(range.From < range.To) || !double.IsFinite(range.From) || !double.IsFinite(range.To)
            ? new("", FormattableString.Invariant($"the range is from {range.From} to {range.To}"),
                "Give finite ends, the lower one first.")
        : range.Scale == Scale.Log && range.From <= 0
            ? new("", FormattableString.Invariant($"the logarithmic range starts at {range.From}"), "Give ends above 0, or a linear scale.")
        : Ensure.Defined("scale", range.Scale);

    private static Failure? Refused(ILearner learner, string path, object? value) => ParameterPath.Set(learner, path, value).Match(
        changed => Faults(changed).FirstOrDefault(fault => !Faults(learner).Contains(fault)), failure => failure);

    private static IEnumerable<Failure> Faults(ISpec spec) =>
        spec.Validate().Concat(spec.Components.SelectMany(part => Faults(part.Spec)));
}
