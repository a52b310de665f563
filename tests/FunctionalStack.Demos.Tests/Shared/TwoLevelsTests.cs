using Xunit;

namespace FunctionalStack.Demos.Tests;

public class TwoLevelsTests
{
    private static readonly Seed Seed = Seed.Of(42);
    private static readonly TitanicData Data = TitanicData.Embedded(Seed.Fork("set aside")).OrThrow();
    private static readonly Stack Stack = TitanicStack.Of(Data.Train.Frame, Seed.Fork("folds"));
    private static readonly EquatableArray<FirstLevel> Level =
        Outcome.All(Stack.Bases.Select(b => TwoLevels.First(Executor.Threads(2), Stack, b.Name, Data.Train, Data.Test, Seed))).OrThrow();

    [Fact]
    public void The_embedded_passengers_are_split_as_in_the_competition()
    {
        Assert.Equal((891, 418), (Data.Train.RowCount, Data.Test.RowCount));
        var share = Data.Truth!.Codes.Average();
        Assert.Equal(((Target.Classes)Data.Train.Target).Codes.Average(), share, 2);
    }

    [Fact]
    public void Stacking_step_by_step_equals_the_fitted_stack_bit_for_bit()
    {
        var predicted = TwoLevels.Second(Executor.Inline, Stack, Level, Data.Train.Target, Seed).OrThrow();
        Assert.Equal((891, 5, 418, 5),
            (predicted.P.RowCount, predicted.P.Columns.Count, predicted.Test.RowCount, predicted.Test.Columns.Count));
        var fitted = Executor.Threads(2).Fit(Stack, Data.Train, Seed).OrThrow();
        Assert.Equal(fitted.Model.Predict(Data.Test).OrThrow(), predicted.Prediction);
        Assert.Equal(fitted.OutOfFold.Select(part => part.Prediction), [.. Level.Select(one => one.OutOfFold), predicted.OutOfFold]);
    }

    [Fact]
    public void A_column_of_p_is_the_mean_of_the_five_fold_models()
    {
        var one = Level[0];
        Assert.Equal(5, one.ByModel.Count);
        var byHand = one.ByModel.Average(prediction => ((Prediction.Probabilities)prediction).Row(17)[1]);
        Assert.Equal(byHand, ((Column.Numeric)one.Mean.Columns[0].Column)[17], 12);
    }

    [Fact]
    public void The_correlation_is_Pearsons()
    {
        // numpy.corrcoef([1, 2, 4], [1, 3, 2])[0, 1]
        var frame = Frame.Of(("a", Column.Numeric.Of(1, 2, 4)), ("b", Column.Numeric.Of(1, 3, 2)));
        Assert.Equal(0.3273268353539886, TwoLevels.Correlation(frame, 0, 1), 12);
    }
}
