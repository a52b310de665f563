namespace FunctionalStack.IO;

/// <summary>
/// A CSV file with the roles of its columns, for creating a <see cref="Dataset"/>. Immutable: every member returns a new one. The file is
/// read by <see cref="Target"/>, <see cref="Training"/> and <see cref="ToPredict"/>. Columns without a role are features.
/// </summary>
/// <param name="Path">The path of the file; <c>-</c> for standard input.</param>
public sealed record CsvRows(string Path)
{
    private TableRoles Roles { get; init; } = new("");

    /// <summary>Sets the column of row ids. It is not a feature.</summary>
    public CsvRows Id(string column) => this with { Roles = Roles with { Id = column } };

    /// <summary>Drops columns that are not features, such as names and values unknown at prediction time.</summary>
    public CsvRows Drop(params string[] columns) => this with { Roles = Roles with { Drop = [.. Roles.Drop, .. columns] } };

    /// <summary>Sets the column of sample weights: at least 0. By default only ratios matter; see <paramref name="kind"/>.</summary>
    public CsvRows Weights(string column, WeightKind kind = WeightKind.Importance) =>
        this with { Roles = Roles with { Weights = column, WeightKind = kind } };

    /// <summary>Sets the column of groups: any text. Folds never split a group.</summary>
    public CsvRows Groups(string column) => this with { Roles = Roles with { Groups = column } };

    /// <summary>Sets the column of times for time-ordered folds: numbers or dates.</summary>
    public CsvRows Time(string column) => this with { Roles = Roles with { Time = column } };

    /// <summary>Leaves out training rows within this gap before held-out rows (<see cref="TableRoles.Gap"/>): in days for dates, in hours
    /// for times without dates, otherwise in the unit of the times.</summary>
    public CsvRows Gap(double gap) => this with { Roles = Roles with { Gap = gap } };

    /// <summary>Sets the column of the fold of each row: any text, for given folds.</summary>
    public CsvRows Folds(string column) => this with { Roles = Roles with { FoldColumn = column } };

    /// <summary>Reads these features as categories, even if they look like numbers or dates.</summary>
    public CsvRows Categorical(params string[] columns) =>
        this with { Roles = Roles with { Categorical = [.. Roles.Categorical, .. columns] } };

    /// <summary>Sets the task. By default, a target of numbers is numeric, except at most 20 different integers, which are
    /// classes.</summary>
    public CsvRows Kind(TargetKind kind) => this with { Roles = Roles with { Kind = kind } };

    /// <summary>States the order of the classes of the target, from low to high, each once.</summary>
    public CsvRows Order(params string[] levels) => this with { Roles = Roles with { Order = EquatableArray.Of(levels) } };

    /// <summary>Sets rules for reading numbers, dates and missing values.</summary>
    public CsvRows Text(TextOptions options) => this with { Roles = Roles with { Text = options } };

    /// <summary>Reads the file as a dataset of features and the target in this column.</summary>
    /// <returns>The dataset, with notes on how columns were read. Fails like
    /// <see cref="DatasetReader.Read(string, TableRoles)"/>.</returns>
    public Outcome<Dataset> Target(string column) => Training(column).Map(read => read.Dataset);

    /// <summary>The same with the schema, the ids and how each column was read.</summary>
    public Outcome<TrainingTable> Training(string target) => Roles is { Gap: not 0, Time: null }
        ? Outcome.Fail<TrainingTable>("the gap", $"is {Roles.Gap:R}, but there is no time column", "Give the column of times, or no gap.")
        : DatasetReader.Read(Path, Roles with { Target = target });

    /// <summary>Reads the columns that a model needs, in the format of its training rows, unless <see cref="Text"/> gives another.
    /// Other columns are ignored.</summary>
    /// <returns>The rows to predict. Fails if the file cannot be read, as <see cref="Table.Frame(Schema)"/> does, and for a model without a
    /// schema.</returns>
    public Outcome<Frame> ToPredict(IConformingModel model) => model.Schema is { } schema
        ? Table.Read(Path).Bind(table => table.Frame(schema.ReadBy(Roles.Text ?? TextOptions.None)))
        : Outcome.Fail<Frame>("the model", "does not know its columns", "Use the result of Fit, or a loaded model.");
}
