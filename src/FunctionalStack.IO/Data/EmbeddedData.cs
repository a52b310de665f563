using System.IO.Compression;

namespace FunctionalStack.IO;

/// <summary>Small data sets embedded in the library; docs/data.md lists their sources.</summary>
public static class EmbeddedData
{
    /// <summary>The names of the data sets.</summary>
    public static EquatableArray<string> Names => ["iris", "digits", "titanic", "breast-cancer"];

    /// <summary>150 flowers, 4 lengths in cm, target <c>species</c> (3 classes).</summary>
    public static Table Iris => Load("iris");

    /// <summary>1,797 images of 8 x 8 pixels from 0 to 16 (<c>p00</c> to <c>p77</c>, row by row), target <c>digit</c>.</summary>
    public static Table Digits => Load("digits");

    /// <summary>1,309 passengers: class, sex, age (missing for 263), siblings or spouses and parents or children aboard; target
    /// <c>survived</c>.</summary>
    public static Table Titanic => Load("titanic");

    /// <summary>569 tumours, 30 measurements of cell nuclei, target <c>diagnosis</c> (benign or malignant).</summary>
    public static Table BreastCancer => Load("breast-cancer");

    /// <summary>The data set with this name. Fails if there is none.</summary>
    public static Outcome<Table> Find(string name) => Names.Contains(name)
        ? Outcome.Ok(Load(name))
        : Outcome.Fail<Table>(name, "no such embedded data set", $"Give one of {string.Join(", ", Names)}.");

    /// <summary>The data set as CSV: UTF-8, commas, a header.</summary>
    /// <exception cref="ArgumentException">There is no data set with this name.</exception>
    public static Stream OpenCsv(string name) => new GZipStream(
        typeof(EmbeddedData).Assembly.GetManifestResourceStream($"{name}.csv.gz")
            ?? throw new ArgumentException($"there is no data set '{name}'", nameof(name)),
        CompressionMode.Decompress);

    private static Table Load(string name)
    {
        using var csv = OpenCsv(name);
        using var bytes = new MemoryStream();
        csv.CopyTo(bytes);
        return Table.Parse(name, bytes.ToArray()).OrThrow();
    }
}
