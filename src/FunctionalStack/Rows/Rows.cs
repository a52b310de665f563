using System.Linq.Expressions;
using FunctionalStack.IO;

namespace FunctionalStack;

/// <summary>
/// Rows of your own type, in and out. Numbers and truth become numeric columns (null is missing, truth is 1 or 0);
/// words, characters and enums become categorical ones (null or empty is missing). Columns are named as the properties.
/// </summary>
public static class Rows
{
    /// <summary>Rows to say more of: which properties are no features, weights, groups, time, folds.</summary>
    public static Rows<T> Of<T>(IEnumerable<T> rows) => new(new(ReaderOf<T>.Value, rows));

    /// <summary>
    /// Features and target. Words, enums, characters and truth are classes; numbers are values (compare a 0 or 1 with 1
    /// to make classes of it). No property that <paramref name="target"/> reads is a feature.
    /// </summary>
    public static Outcome<Dataset> ToDataset<T, TTarget>(this IEnumerable<T> rows, Expression<Func<T, TTarget>> target) =>
        Of(rows).Target(target);

    /// <summary>All properties that are numbers or categories, as columns; others are left out.</summary>
    public static Frame ToFrame<T>(this IEnumerable<T> rows) => ReaderOf<T>.Value.Frame([.. rows]);

    /// <summary>The prediction of each row, in the order given. Safe from any thread.</summary>
    /// <returns>A failure where the rows lack a property that the model was fitted on, or it holds what the model cannot read.</returns>
    public static Outcome<EquatableArray<Predicted<T>>> Predict<T>(this IModel model, IEnumerable<T> rows)
    {
        T[] all = [.. rows];
        return model.Predict(ReaderOf<T>.Value.Frame(all))
            .Map(predictions => EquatableArray.From(all.Select((row, i) => new Predicted<T>(row, predictions.Take([i])))));
    }
}

/// <summary>Rows of your own type on their way to a <see cref="Dataset"/>. Immutable: every member returns a new one.</summary>
public sealed record Rows<T>
{
    private readonly RecordRows<T> rows;

    internal Rows(RecordRows<T> rows) => this.rows = rows;

    /// <summary>These properties are no features: an identifier, a name, something unknown when a prediction is needed.</summary>
    public Rows<T> Drop(params Expression<Func<T, object?>>[] properties) => new(rows.Leave(properties.SelectMany(Mentions.Of)));

    /// <summary>
    /// A weight a row: finite, at least 0; only ratios count, unless <paramref name="kind"/> says otherwise. What it reads is
    /// no feature.
    /// </summary>
    public Rows<T> Weights(Expression<Func<T, double>> weight, WeightKind kind = WeightKind.Importance) =>
        new(rows.Weights(weight.Compile(), Mentions.Of(weight), kind));

    /// <summary>Rows with equal keys belong together: group folds keep them on one side. What it reads is no feature.</summary>
    public Rows<T> Groups<TGroup>(Expression<Func<T, TGroup>> group)
    {
        var key = group.Compile();
        return new(rows.Groups(row => key(row), Mentions.Of(group)));
    }

    /// <summary>
    /// When each row was, for folds that respect time: a number, or a DateTime, DateTimeOffset or DateOnly, which is read as
    /// seconds since 1970. What it reads is no feature.
    /// </summary>
    public Rows<T> Time<TTime>(Expression<Func<T, TTime>> time) => new(rows.Time(time.Compile(), Mentions.Of(time)));

    /// <summary>The fold each row was put into, for given folds. What it reads is no feature.</summary>
    public Rows<T> Folds(Expression<Func<T, int>> fold) => new(rows.Folds(fold.Compile(), Mentions.Of(fold)));

    /// <summary>
    /// Features and target, as in <see cref="Rows.ToDataset"/>. Fails on a property that is neither a number, a category nor a date,
    /// unless it is dropped.
    /// </summary>
    public Outcome<Dataset> Target<TTarget>(Expression<Func<T, TTarget>> target) => rows.Target(target.Compile(), Mentions.Of(target));
}

/// <summary>What reads a type, compiled once.</summary>
internal static class ReaderOf<T>
{
    public static readonly RecordReader<T> Value = new(RecordTypes.Usual);
}
