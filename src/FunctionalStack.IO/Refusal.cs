namespace FunctionalStack.IO;

/// <summary>Ends the reading or writing of a file from any depth. <see cref="Try"/> converts it to a <see cref="Failure"/>; it never leaves
/// the assembly.</summary>
internal sealed class Refusal(string what, string remedy, string where = "") : Exception
{
    public const string FetchAgain = "The file is damaged: copy or fit it again.";

    public const string Update = "Update fstack, or fit the model again with this version.";

    public const string UpdateOrPlugin =
        "If it belongs to a plugin, give the plugin (--plugin FILE.dll, or its catalogue). "
            + "Otherwise update fstack, or fit the model again.";

    public string What => what;

    public override string Message => what;

    public string Remedy => remedy;

    /// <summary>The position inside the file.</summary>
    public string Where => where;

    /// <summary>The result of <paramref name="attempt"/>, or a failure for the file <paramref name="name"/>.</summary>
    public static Outcome<T> Try<T>(string name, Func<T> attempt)
    {
        try
        {
            return Outcome.Ok(attempt());
        }
        catch (Refusal refusal)
        {
            return Outcome.Fail<T>(refusal.Where.Length == 0 ? name : $"{name}: {refusal.Where}", refusal.What, refusal.Remedy);
        }
    }

    public static Refusal Damaged(string what) => new(what, FetchAgain);
}
