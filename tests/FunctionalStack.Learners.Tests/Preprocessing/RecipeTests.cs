using FsCheck.Xunit;
using FunctionalStack.Learners;
using Xunit;

namespace FunctionalStack.Preprocessing.Tests;

[Properties(Arbitrary = [typeof(Tables)], MaxTest = 60)]
public class RecipeTests
{
    public static TheoryData<string> Names => ["linear", "distances", "trees"];

    [Property]
    public void Any_table_becomes_complete_numbers_for_new_rows_too(Table table)
    {
        var train = EquatableArray.From(Enumerable.Range(0, table.Data.RowCount).Where(row => row % 3 > 0));
        foreach (var name in new[] { "linear", "distances", "trees" })
        {
            var fitted = Of(name).Fit(table.With(table.Data.Take(train))).OrThrow();
            var view = FeatureMatrix.Of(fitted.TrainView).OrThrow();
            Assert.Equal(table.Data.RowCount,
                FeatureMatrix.Of(fitted.Map.Apply(table.Data.Frame).OrThrow(), view.Names).OrThrow().RowCount);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Clean_numbers_are_only_scaled_or_left_as_they_are(string name)
    {
        var frame = Frame.Of(("x", Column.Numeric.Of(3, 1, 2)), ("y", Column.Numeric.Of(1, 5, 2)));
        var data = new Dataset(frame, Target.Classes.Of("a", "b", "a"));
        var view = Of(name).Fit(data, Seed.Of(1)).OrThrow().TrainView;
        if (name == "trees") Assert.Same(frame, view);
        else Assert.Equal(new Standardize().Fit(data, Seed.Of(1)).OrThrow().TrainView, view);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_recipe_is_data_that_prints(string name)
    {
        Assert.Contains("Impute { Indicator = True, Name = impute }", Of(name).ToString());
        Assert.Contains("impute", Of(name).Name);
    }

    [Fact]
    public void Numbers_are_standardized_categories_are_not_and_many_levels_are_target_encoded()
    {
        var rows = Enumerable.Range(0, 200).ToArray();
        var frame = Frame.Of(
            ("Id", Column.Numeric.Of([.. rows.Select(i => (double)i)])),
            ("Age", Column.Numeric.Of([.. rows.Select(i => i % 5 == 0 ? double.NaN : i * 7 % 50)])),
            ("Name", Column.Categorical.Of([.. rows.Select(i => $"n{i}")])),
            ("Sex", Column.Categorical.Of([.. rows.Select(i => i % 2 == 0 ? "f" : "m")])),
            ("Ticket", Column.Categorical.Of([.. rows.Select(i => $"t{i / 4}")])));
        var outcome = Recipe.ForLinear.Fit(new(frame, Target.Classes.Of([.. rows.Select(i => i % 3 == 0 ? "yes" : "no")])), Seed.Of(1));
        var view = outcome.OrThrow().TrainView;
        Assert.Equal(["Id", "Age", "Sex=f", "Sex=m", "Ticket:target(yes)", "Age:missing"], view.Names);
        Assert.Single(outcome.Notes);
        Assert.Equal([0.0, 1], Tables.Of(view, "Sex=m").Distinct());
        Assert.Equal(1, Tables.Of(view, "Ticket:target(yes)").Average(x => x * x), 1e-9);
    }

    private static ITransform Of(string name) =>
        name switch { "linear" => Recipe.ForLinear, "distances" => Recipe.ForDistances, _ => Recipe.ForTrees };
}
