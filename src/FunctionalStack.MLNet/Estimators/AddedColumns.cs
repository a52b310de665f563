using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace FunctionalStack.MLNet;

/// <summary>
/// Describes the columns of predictions. ML.NET has no public constructor for descriptions of columns, so they are those of a trainer of
/// ML.NET with the same label, which is not fitted.
/// </summary>
internal static class AddedColumns
{
    private const string Single = "FunctionalStack.Single";
    private const string Vector = "FunctionalStack.Vector";
    private const string Key = "FunctionalStack.Key";

    private static readonly string[] names = ["PredictedLabel", "Score", "Probability"];

    public static SchemaShape To(SchemaShape input, string label)
    {
        if (input.Where(one => one.Name == label).ToArray() is not [var column])
            throw new ArgumentException($"there is no column '{label}'", nameof(input));
        var added = Like(new MLContext(0), column).GetOutputSchema(input).Where(one => names.Contains(one.Name)).ToArray();
        return new([.. input.Where(one => added.All(other => other.Name != one.Name)), .. added]);
    }

    private static IEstimator<ITransformer> Like(MLContext ml, SchemaShape.Column label) => label switch
    {
        { ItemType: TextDataViewType } => ml.Transforms.Conversion.MapValueToKey(Key, label.Name).Append(Vectors(ml, Key))
            .Append(ml.MulticlassClassification.Trainers.NaiveBayes(Key, Vector)),
        { IsKey: true } => Vectors(ml, label.Name).Append(ml.MulticlassClassification.Trainers.NaiveBayes(label.Name, Vector)),
        { ItemType: BooleanDataViewType } =>
            Vectors(ml, label.Name).Append(ml.BinaryClassification.Trainers.SdcaLogisticRegression(label.Name, Vector)),
        { ItemType: NumberDataViewType } => Vectors(ml, label.Name).Append(ml.Regression.Trainers.Sdca(Single, Vector)),
        _ => throw new ArgumentException($"column '{label.Name}' is of type {label.ItemType}, which is no label", nameof(label)),
    };

    // Any features: a trainer needs some.
    private static EstimatorChain<ColumnConcatenatingTransformer> Vectors(MLContext ml, string name) =>
        ml.Transforms.Conversion.ConvertType(Single, name, DataKind.Single).Append(ml.Transforms.Concatenate(Vector, Single));
}
