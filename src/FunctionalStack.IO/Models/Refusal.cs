namespace FunctionalStack.IO;

/// <summary>Ends the writing or reading of a payload from any depth. <see cref="ModelFile"/> turns it into a <see cref="Failure"/>; it never leaves.</summary>
internal sealed class Refusal(string what, string mend) : Exception
{
    public const string FetchAgain = "The file is damaged: copy or fit it again.";

    public const string Update = "Update fstack, or fit the model again with this version.";

    public string What => what;

    public override string Message => what;

    public string Mend => mend;

    public static Refusal Damaged(string what) => new(what, FetchAgain);
}
