using System.Linq.Expressions;

namespace FunctionalStack;

/// <summary>
/// Rows of your own type, in and out. Numbers and truth become numeric columns (null is missing, truth is 1 or 0);
/// words, characters and enums become categorical ones (null or empty is missing). Columns are named as the properties.
/// </summary>
public static class Rows
{
    /// <summary>Rows to say more of: which properties are no features, what weighs, what groups.</summary>
    public static Rows<T> Of<T>(IEnumerable<T> rows) => new([.. rows], [], null, null, null);

    /// <summary>
    /// Features and target. Words, enums, characters and truth are classes; numbers are values (compare a 0 or 1 with 1
    /// to make classes of it). No property that <paramref name="target"/> reads is a feature.
    /// </summary>
    public static Outcome<Dataset> ToDataset<T, TTarget>(this IEnumerable<T> rows, Expression<Func<T, TTarget>> target) =>
        Of(rows).Learning(target);

    /// <summary>All properties that are numbers or categories, as columns; others are left out.</summary>
    public static Frame ToFrame<T>(this IEnumerable<T> rows)
    {
        T[] all = [.. rows];
        return new(all.Length, Values.From(
            from property in PropertyColumn.PropertiesOf<T>()
            let column = PropertyColumn.Read(property, all)
            where column is not null
            select new NamedColumn(property.Name, column)));
    }

    /// <summary>The prediction of each row, in the order given. Safe from any thread.</summary>
    /// <returns>A failure where the rows lack a property that the model was fitted on, or it holds what the model cannot read.</returns>
    public static Outcome<Values<Predicted<T>>> Predict<T>(this IModel model, IEnumerable<T> rows)
    {
        T[] all = [.. rows];
        return model.Predict(all.ToFrame()).Map(predictions => Values.From(all.Select((row, i) => new Predicted<T>(row, predictions.Take([i])))));
    }
}

/// <summary>Rows of your own type on their way to a <see cref="Dataset"/>. Immutable: every member returns a new one.</summary>
public sealed record Rows<T>
{
    private readonly Values<T> rows;
    private readonly Values<string> left;
    private readonly Func<T, double>? weight;
    private readonly Func<T, object?>? group;
    private readonly Func<T, int>? fold;

    internal Rows(Values<T> rows, Values<string> left, Func<T, double>? weight, Func<T, object?>? group, Func<T, int>? fold) =>
        (this.rows, this.left, this.weight, this.group, this.fold) = (rows, left, weight, group, fold);

    /// <summary>These properties are no features: an identifier, a name, something unknown when a prediction is needed.</summary>
    public Rows<T> Without(params Expression<Func<T, object?>>[] properties) =>
        new(rows, [.. left, .. properties.SelectMany(PropertyColumn.Mentions)], weight, group, fold);

    /// <summary>How much each row counts: finite, at least 0. What it reads is no feature.</summary>
    public Rows<T> Weighing(Expression<Func<T, double>> weight) => new(rows, Leaving(weight), weight.Compile(), group, fold);

    /// <summary>Rows with equal keys belong together: group folds keep them on one side. What it reads is no feature.</summary>
    public Rows<T> Grouping<TGroup>(Expression<Func<T, TGroup>> group)
    {
        var key = group.Compile();
        return new(rows, Leaving(group), weight, row => key(row), fold);
    }

    /// <summary>The fold each row was put into, for given folds. What it reads is no feature.</summary>
    public Rows<T> Folding(Expression<Func<T, int>> fold) => new(rows, Leaving(fold), weight, group, fold.Compile());

    /// <summary>Features and target, as in <see cref="Rows.ToDataset"/>; a property that is neither number nor category fails.</summary>
    public Outcome<Dataset> Learning<TTarget>(Expression<Func<T, TTarget>> target)
    {
        if (rows.Count == 0) return Outcome.Fail<Dataset>("rows", "there are none", "Give at least one row.");
        if (PropertyColumn.ReadTarget(target, rows) is not { } read)
        {
            return Outcome.Fail<Dataset>("the target", $"is of type {typeof(TTarget).Name}, neither words nor numbers", "Select a string, bool, enum or number.");
        }

        return from known in read
               from frame in Features(Leaving(target))
               from weights in Weights()
               from groups in Groups()
               select new Dataset(frame, new Roles(known, weights, groups, fold is null ? null : Values.From(rows.Select(fold))));
    }

    private Values<string> Leaving<TSelector>(Expression<TSelector> selector) => [.. left, .. PropertyColumn.Mentions(selector)];

    private Outcome<Frame> Features(Values<string> without) => Outcome.All(
        from property in PropertyColumn.PropertiesOf<T>()
        where !without.Contains(property.Name)
        select PropertyColumn.Read(property, rows) is { } column
            ? Outcome.Ok(new NamedColumn(property.Name, column))
            : Outcome.Fail<NamedColumn>(
                $"{typeof(T).Name}.{property.Name}", $"is of type {property.PropertyType.Name}, neither a number nor a category",
                $"Leave it out: Rows.Of(rows).Without(row => row.{property.Name})."))
        .Map(columns => new Frame(rows.Count, columns));

    private Outcome<Values<double>?> Weights()
    {
        if (weight is null) return Outcome.Ok<Values<double>?>(null);
        var weights = rows.Select(weight).ToArray();
        return Array.FindIndex(weights, w => !(w >= 0) || double.IsInfinity(w)) is var bad and >= 0
            ? Outcome.Fail<Values<double>?>($"row {bad + 1}", $"the weight is {weights[bad]}", "Give finite weights of at least 0.")
            : Outcome.Ok<Values<double>?>(Values.Own(weights));
    }

    private Outcome<Values<int>?> Groups()
    {
        if (group is null) return Outcome.Ok<Values<int>?>(null);
        var numbers = new Dictionary<object, int>();
        var groups = new int[rows.Count];
        for (var row = 0; row < groups.Length; row++)
        {
            if (group(rows[row]) is not { } key) return Outcome.Fail<Values<int>?>($"row {row + 1}", "the group is null", "Give every row a group.");
            if (!numbers.TryGetValue(key, out groups[row])) numbers[key] = groups[row] = numbers.Count;
        }

        return Outcome.Ok<Values<int>?>(Values.Own(groups));
    }
}
