using System.Diagnostics.CodeAnalysis;
using System.Linq.Expressions;
using FunctionalStack.IO;

namespace FunctionalStack;

/// <summary>
/// Converts objects of your own type to datasets, and predicts them. Numbers and Booleans become numeric columns (true is 1,
/// null is missing). Strings, characters and enums become categorical columns (null and the empty string are missing). Columns
/// have the names of the properties.
/// </summary>
public static class Rows
{
    // Properties are read by reflection; trimming keeps those of the types that are named here.
    private const DynamicallyAccessedMemberTypes Fields = DynamicallyAccessedMemberTypes.PublicProperties;

    /// <summary>Starts a dataset with roles: dropped properties, weights, groups, time and folds.</summary>
    public static Rows<T> Of<[DynamicallyAccessedMembers(Fields)] T>(IEnumerable<T> rows) => new(new(ReaderOf<T>.Value, rows));

    /// <summary>
    /// A dataset of features and target. Strings, enums, characters and Booleans are classes; numbers are a numeric target
    /// (compare a 0/1 number with 1 to get classes). Properties that <paramref name="target"/> reads are not features.
    /// </summary>
    public static Outcome<Dataset> ToDataset<[DynamicallyAccessedMembers(Fields)] T, TTarget>(
        this IEnumerable<T> rows, Expression<Func<T, TTarget>> target) =>
        Of(rows).Target(target);

    /// <summary>A frame with all numeric and categorical properties as columns. Other properties are left out.</summary>
    public static Frame ToFrame<[DynamicallyAccessedMembers(Fields)] T>(this IEnumerable<T> rows) => ReaderOf<T>.Value.Frame([.. rows]);

    /// <summary>The model for single rows of a type: checked against the model's columns once, and compiled, for services that predict one
    /// row per call.</summary>
    /// <returns>The predictor. A failure if a property that the model was fitted on is absent.</returns>
    public static Outcome<Predictor<T>> For<[DynamicallyAccessedMembers(Fields)] T>(this IConformingModel model) =>
        Predictor<T>.Of(model, ReaderOf<T>.Value);

    /// <summary>The same with answers of the target's type, such as bool: see <see cref="Predictor{TRow, TAnswer}"/>.</summary>
    /// <returns>The predictor. A failure if a property that the model was fitted on is absent, or if a class is no value of the
    /// type.</returns>
    public static Outcome<Predictor<T, TAnswer>> For<[DynamicallyAccessedMembers(Fields)] T, TAnswer>(this IConformingModel model) =>
        model.For<T>().Bind(Predictor<T, TAnswer>.Of);

    /// <summary>Predicts each row, in the given order. Thread-safe.</summary>
    /// <returns>The rows with their predictions. A failure if a property that the model was fitted on is absent, or has values that the
    /// model cannot read.</returns>
    public static Outcome<EquatableArray<Predicted<T>>> Predict<[DynamicallyAccessedMembers(Fields)] T>(
        this IModel model, IEnumerable<T> rows)
    {
        T[] all = [.. rows];
        return model.Predict(ReaderOf<T>.Value.Frame(all))
            .Map(predictions => EquatableArray.From(all.Select((row, i) => new Predicted<T>(row, predictions.Take([i])))));
    }
}

/// <summary>Builds a <see cref="Dataset"/> from objects of your own type. The builder is immutable; every member returns a new
/// one.</summary>
public sealed record Rows<T>
{
    private readonly RecordRows<T> rows;

    internal Rows(RecordRows<T> rows) => this.rows = rows;

    /// <summary>Drops properties that are not features, such as identifiers, names and values unknown at prediction time.</summary>
    public Rows<T> Drop(params Expression<Func<T, object?>>[] properties) => new(rows.Leave(properties.SelectMany(Mentions.Of)));

    /// <summary>
    /// Sets the sample weight of each row: finite, at least 0. By default only ratios matter; see <paramref name="kind"/>. The
    /// properties it reads are not features.
    /// </summary>
    public Rows<T> Weights(Expression<Func<T, double>> weight, WeightKind kind = WeightKind.Importance) =>
        new(rows.Weights(weight.Compile(), Mentions.Of(weight), kind));

    /// <summary>Sets the group of each row. Folds never split a group. The properties it reads are not features.</summary>
    public Rows<T> Groups<TGroup>(Expression<Func<T, TGroup>> group)
    {
        var key = group.Compile();
        return new(rows.Groups(row => key(row), Mentions.Of(group)));
    }

    /// <summary>
    /// Sets the time of each row for time-ordered folds: a number, or a DateTime, DateTimeOffset or DateOnly, which is converted
    /// to seconds since 1970. The properties it reads are not features.
    /// </summary>
    public Rows<T> Time<TTime>(Expression<Func<T, TTime>> time) => new(rows.Time(time.Compile(), Mentions.Of(time)));

    /// <summary>Sets the fold of each row, for given folds. The properties it reads are not features.</summary>
    public Rows<T> Folds(Expression<Func<T, int>> fold) => new(rows.Folds(fold.Compile(), Mentions.Of(fold)));

    /// <summary>
    /// Returns the dataset of features and target; see <see cref="Rows.ToDataset"/>. Fails if a property is neither numeric,
    /// categorical nor a date, and is not dropped.
    /// </summary>
    public Outcome<Dataset> Target<TTarget>(Expression<Func<T, TTarget>> target) => rows.Target(target.Compile(), Mentions.Of(target));
}

/// <summary>The compiled reader of a type.</summary>
internal static class ReaderOf<T>
{
    public static readonly RecordReader<T> Value = new(RecordTypes.Usual);
}
