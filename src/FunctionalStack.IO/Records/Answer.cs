using System.Diagnostics.CodeAnalysis;

namespace FunctionalStack.IO;

/// <summary>The typed prediction of a record.</summary>
/// <typeparam name="T">The type of the target.</typeparam>
public sealed record Answer<T>
{
    private readonly EquatableArray<T> classes;
    private readonly EquatableArray<double> probabilities;

    internal Answer(T value, EquatableArray<T> classes, EquatableArray<double> probabilities) =>
        (Value, this.classes, this.probabilities) = (value, classes, probabilities);

    /// <summary>The predicted class or value.</summary>
    public T Value { get; }

    /// <summary>The probability of a class; 0 for a value that is not one.</summary>
    /// <exception cref="InvalidOperationException">The target is numeric.</exception>
    public double this[T level]
    {
        get
        {
            if (classes.Count == 0) throw new InvalidOperationException("the target is numeric; its prediction has no probabilities");
            var place = classes.AsSpan().IndexOf(level);
            return place < 0 ? 0 : probabilities[place];
        }
    }
}

/// <summary>Predicts single records as values of the target's type: see <see cref="Predictor{TRow}"/>.</summary>
/// <typeparam name="TRow">The type of the records.</typeparam>
/// <typeparam name="TAnswer">
/// The type of the target. For classes a string, bool, enum, char or number, to which all classes convert (also 0 and 1 to bool); for a
/// numeric target double, float or decimal.
/// </typeparam>
public sealed class Predictor<TRow, TAnswer>
{
    private readonly EquatableArray<TAnswer> classes;
    private readonly FromValue<TAnswer>? ofValue;

    private Predictor(Predictor<TRow> rows, EquatableArray<TAnswer> classes, FromValue<TAnswer>? ofValue) =>
        (Rows, this.classes, this.ofValue) = (rows, classes, ofValue);

    /// <summary>The predictor of probabilities or values.</summary>
    public Predictor<TRow> Rows { get; }

    /// <summary>The typed predictor. Fails if a class of the target is no value of the type.</summary>
    public static Outcome<Predictor<TRow, TAnswer>> Of(Predictor<TRow> rows) => rows.Levels.Count > 0
        ? AnswerTypes.OfClasses<TAnswer>(rows.Levels).Map(classes => new Predictor<TRow, TAnswer>(rows, classes, null))
        : AnswerTypes.OfValues<TAnswer>().Map(ofValue => new Predictor<TRow, TAnswer>(rows, default, ofValue));

    /// <summary>The prediction of a record. Notes and failures are those of the model's Predict. Fails also if a predicted value is beyond
    /// the range of the type.</summary>
    public Outcome<Answer<TAnswer>> Predict(TRow row) => Rows.Predict(row).Bind(prediction =>
        prediction is Prediction.Probabilities p ? Outcome.Ok(new Answer<TAnswer>(classes[p.Codes()[0]], classes, p.Matrix))
        : ofValue!(prediction.Values[0], out var value) ? Outcome.Ok(new Answer<TAnswer>(value, default, default))
        : Outcome.Fail<Answer<TAnswer>>("the prediction", $"is {prediction.Values[0]}, beyond the range of {typeof(TAnswer).Name}",
            "Request double answers."));

    /// <summary>The predicted class or value of a record, without notes. Allocates nothing after the first call, unless the model
    /// does.</summary>
    /// <returns>False if the model cannot read the record, or if a value is beyond the range of the type; <see cref="Predict"/> says
    /// why.</returns>
    public bool TryPredict(TRow row, [MaybeNullWhen(false)] out TAnswer answer)
    {
        answer = default;
        Span<double> prediction = Rows.Width <= 64 ? stackalloc double[Rows.Width] : new double[Rows.Width];
        if (!Rows.TryPredict(row, prediction)) return false;
        if (ofValue is not null) return ofValue(prediction[0], out answer);
        answer = classes[Rows.CodeOf(prediction)];
        return true;
    }
}
