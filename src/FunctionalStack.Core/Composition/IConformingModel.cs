namespace FunctionalStack;

/// <summary>A model that carries the schema of its training rows, and conforms to it whatever rows it is asked for.</summary>
public interface IConformingModel : IModel
{
    /// <summary>What the rows are conformed to; null where nobody knows, and rows are taken as they come.</summary>
    Schema? Schema { get; }

    /// <summary>The model of conformed rows.</summary>
    IModel Model { get; }
}

/// <summary>Rows as a conforming model takes them.</summary>
public static class Conforming
{
    /// <summary>The rows conformed to the model's schema, if it has one.</summary>
    public static Outcome<Frame> Conform(this IConformingModel model, Frame rows) => model.Schema?.Conform(rows) ?? Outcome.Ok(rows);
}
