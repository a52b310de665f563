namespace FunctionalStack.Onnx;

/// <summary>Ends the reading of a file from any depth. <see cref="Try"/> turns it into a failure; it never leaves the assembly.</summary>
internal sealed class UnreadableException(Failure failure) : Exception(failure.What)
{
    public UnreadableException(string where, string what, string remedy) : this(new Failure(where, what, remedy)) { }

    public Failure Failure => failure;

    public static UnreadableException Damaged(string what) =>
        new("", $"is no ONNX file, or a damaged one: {what}", "Export or copy it again.");

    public static Outcome<T> Try<T>(Func<T> read)
    {
        try
        {
            return Outcome.Ok(read());
        }
        catch (UnreadableException unreadable)
        {
            return new Outcome<T>.Fail(unreadable.Failure);
        }
    }
}
