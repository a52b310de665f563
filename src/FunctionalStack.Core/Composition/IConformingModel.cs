namespace FunctionalStack;

/// <summary>A model that holds the schema of its training rows and converts the rows to predict to it.</summary>
public interface IConformingModel : IModel
{
    /// <summary>The schema that rows are converted to. If null, rows are used as given.</summary>
    Schema? Schema { get; }

    /// <summary>The model that predicts converted rows.</summary>
    IModel Model { get; }

    /// <summary>The result of <paramref name="predict"/> for <see cref="Model"/> and the converted rows.</summary>
    Outcome<T> Using<T>(Frame rows, Func<IModel, Frame, Outcome<T>> predict) =>
        this.Conform(rows).Bind(converted => predict(Model, converted));
}

/// <summary>Helpers for conforming models.</summary>
public static class Conforming
{
    /// <summary>The rows converted to the model's schema, if it has one.</summary>
    public static Outcome<Frame> Conform(this IConformingModel model, Frame rows) => model.Schema?.Conform(rows) ?? Outcome.Ok(rows);
}
