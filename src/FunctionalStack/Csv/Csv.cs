using FunctionalStack.IO;

namespace FunctionalStack;

/// <summary>Reads CSV files.</summary>
public static class Csv
{
    /// <summary>
    /// Starts a dataset of a CSV file with the roles of its columns: <c>Csv.Read("train.csv").Id("PassengerId").Target("Survived")</c>.
    /// The file is read by <see cref="CsvRows.Target"/>, or by <see cref="CsvRows.ToPredict"/> for rows to predict.
    /// </summary>
    public static CsvRows Read(string path) => new(path);
}
