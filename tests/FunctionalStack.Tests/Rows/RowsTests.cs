using FsCheck.Xunit;
using FunctionalStack.Laws;
using Xunit;

namespace FunctionalStack.Tests;

public enum Size
{
    Small,
    Medium,
    Large,
}

public record Animal(string? Name, int Legs, double? Weight, bool Wild, Size Size, Size? Shade, decimal Price, char Letter, float Speed);

public record Keyed(Guid Key, bool Wild);

public record Outing(DateTime When, int Day, double Share, string Town, int Fold, bool Rained);

public class RowsTests
{
    private static readonly Animal[] Animals =
    [
        new("cat", 4, 4.5, false, Size.Medium, null, 10.25m, 'c', 0.5f),
        new(null, 2, null, true, Size.Small, Size.Large, 3m, 'b', 1f),
    ];

    private static readonly Outing[] Outings =
    [
        new(new(2026, 1, 1), 1, 1.0, "Bern", 0, true),
        new(new(2026, 1, 2), 2, 0.0, "Graz", 1, false),
        new(new(2026, 1, 3), 3, 2.5, "Bern", 1, true),
    ];

    [Fact]
    public void Properties_become_columns_in_declaration_order()
    {
        var expected = Frame.Of(
            ("Name", Column.Categorical.Of("cat", null)),
            ("Legs", Column.Numeric.Of(4, 2)),
            ("Weight", Column.Numeric.Of(4.5, double.NaN)),
            ("Wild", Column.Numeric.Of(0, 1)),
            ("Size", new Column.Categorical(EquatableArray.Of("Small", "Medium", "Large"), EquatableArray.Of(1, 0))),
            ("Shade", new Column.Categorical(EquatableArray.Of("Small", "Medium", "Large"), EquatableArray.Of(-1, 2))),
            ("Price", Column.Numeric.Of(10.25, 3)),
            ("Letter", Column.Categorical.Of("c", "b")),
            ("Speed", Column.Numeric.Of(0.5, 1)));

        Assert.Equal(expected.Names, Animals.ToFrame().Names);
        Assert.Equal(expected, Animals.ToFrame());
    }

    [Fact]
    public void Strings_enums_and_booleans_are_classes()
    {
        Assert.Equal(Target.Classes.Of("c", "b"), Animals.ToDataset(a => a.Letter).OrThrow().Target);
        Assert.Equal(Target.Classes.Of("False", "True"), Animals.ToDataset(a => a.Wild).OrThrow().Target);
        Assert.Equal(new Target.Classes(EquatableArray.Of("Small", "Medium"), EquatableArray.Of(1, 0)),
            Animals.ToDataset(a => a.Size).OrThrow().Target);
        Assert.Equal(Target.Classes.Of("True", "False"), Animals.ToDataset(a => a.Legs == 4).OrThrow().Target);
    }

    [Fact]
    public void Numbers_are_a_numeric_target()
    {
        Assert.Equal(new Target.Numeric(EquatableArray.Of(4.0, 2.0)), Animals.ToDataset(a => a.Legs).OrThrow().Target);
        Assert.Equal(new Target.Numeric(EquatableArray.Of(5.25, 1.0)),
            Animals.ToDataset(a => a.Price - 5 * (a.Legs == 4 ? 1 : 0) - 2 * (a.Legs == 2 ? 1 : 0)).OrThrow().Target);
    }

    [Fact]
    public void Properties_read_by_the_target_are_not_features()
    {
        var features = Animals.ToDataset(a => a.Legs > 3 && a.Wild).OrThrow().Frame.Names;

        Assert.DoesNotContain("Legs", features);
        Assert.DoesNotContain("Wild", features);
        Assert.Equal(7, features.Count);
    }

    [Fact]
    public void Weights_groups_and_folds_are_not_features()
    {
        var data = Rows.Of(Outings).Drop(o => o.When).Weights(o => 2 * o.Share, WeightKind.Frequency).Groups(o => o.Town).Folds(o => o.Fold)
            .Target(o => o.Rained).OrThrow();

        Assert.Equal(new Roles(Target.Classes.Of("True", "False", "True"), EquatableArray.Of(2.0, 0.0, 5.0), EquatableArray.Of(0, 1, 0),
            EquatableArray.Of(0, 1, 1), WeightKind: WeightKind.Frequency)
        { TargetName = "Rained" }, data.Roles);
        Assert.Equal(Frame.Of(("Day", Column.Numeric.Of(1, 2, 3))), data.Frame);

        // Importance weights are scaled to mean 1 over the rows with a positive weight.
        var importance = Rows.Of(Outings).Drop(o => o.When).Weights(o => o.Share).Target(o => o.Rained).OrThrow().Weights!.Value;
        Assert.Equal([1 / 1.75, 0.0, 2.5 / 1.75], importance, (a, b) => Math.Abs(a - b) < 1e-12);
    }

    /// <summary>A model fitted on strings predicts properties of other types: they are converted by the schema of the file, or refused by
    /// name.</summary>
    [Fact]
    public void A_model_from_a_file_converts_rows_to_the_types_of_training()
    {
        var rows = Enumerable.Range(0, 40)
            .Select(i =>
                new
                {
                    Member = i % 2 == 0 ? "True" : "False",
                    Zone = $"{1 + i % 3}",
                    Age = (double?)(i * 7 % 40),
                    Yes = i % 2 == 0 ^ i % 3 == 0
                }).ToArray();
        var data = rows.ToDataset(row => row.Yes).OrThrow();
        using var file = new MemoryStream();
        IO.ModelFile.Write(file, "m.fstack", Learn.Logistic().Preprocess(Prepare.ForLinear).Fit(data, Seed.Of(1)).OrThrow(),
            IO.ModelCard.Of(data, "Yes", 1)).OrThrow();
        var model = IO.ModelFile.Read(file, "m.fstack").OrThrow();
        var expected = model.Predict(rows).OrThrow().Select(p => p.Probabilities["True"]).ToArray();

        var typed =
            model.Predict(rows.Select(row => new { Age = (int?)row.Age, Zone = int.Parse(row.Zone), Member = row.Member == "True" }));
        Assert.Equal(expected, typed.OrThrow().Select(p => p.Probabilities["True"]));
        Assert.Equal("column 'Member': 40 of 40 rows hold training levels in another spelling (e.g. '1' as 'True')",
            Assert.Single(typed.Notes).ToString());

        // A column without any value is missing for every type.
        var unknown = model.Predict(rows.Select(row => row with { Age = null })).OrThrow();
        Assert.Equal(unknown.Select(p => p.Probabilities["True"]),
            model.Predict(rows.Select(row => new { row.Member, row.Zone, Age = (object?)null })).OrThrow()
            .Select(p => p.Probabilities["True"]));
        Assert.Equal(unknown.Select(p => p.Probabilities["True"]),
            model.Predict(rows.Select(row => new { row.Member, row.Zone, Age = (string?)null })).OrThrow()
            .Select(p => p.Probabilities["True"]));

        Assert.Equal("the rows: have no column 'Zone'. Give the columns that the model was fitted on.",
            Refusal(model.Predict([new { Member = true, Age = 1 }])));
        Assert.Equal(
            "column 'Age': holds text, but the training data had numbers ('old' in row 1). Give numbers, or leave the value missing.",
            Refusal(model.Predict([new { Member = true, Zone = 1, Age = "old" }])));

        static string Refusal<T>(Outcome<T> outcome) => outcome.Match(_ => "it was predicted", failure => failure.ToString());
    }

    [Fact]
    public void Times_are_not_a_feature()
    {
        var data = Rows.Of(Outings).Time(o => o.When).Target(o => o.Rained).OrThrow();

        Assert.Equal([0.0, 86_400, 172_800], data.Roles.Time!.Value.Select(time => time - data.Roles.Time.Value[0]));
        Assert.Equal(["Day", "Share", "Town", "Fold"], data.Frame.Names);
    }

    [Fact]
    public void Rows_are_immutable()
    {
        var rows = Rows.Of(Outings).Drop(o => o.When, o => o.Town);
        var weighed = rows.Weights(o => o.Share).Target(o => o.Rained).OrThrow();
        var plain = rows.Target(o => o.Rained).OrThrow();

        Assert.Null(plain.Weights);
        Assert.NotNull(plain.Frame.Find("Share"));
        Assert.Null(weighed.Frame.Find("Share"));
    }

    [Fact]
    public void Unreadable_properties_fail_by_name_with_a_remedy()
    {
        AssertFails(new[] { new Keyed(Guid.Empty, true) }.ToDataset(o => o.Wild), "Keyed.Key", "Guid", "Drop");
        AssertFails(Outings.ToDataset(o => o.When), "the target", "DateTime", "string, bool, enum or number");
        AssertFails(Animals.ToDataset(a => a.Name), "row 2", "missing", "Remove the rows");
        AssertFails(Animals.ToDataset(a => a.Weight), "row 2", "missing", "Remove the rows");
        AssertFails(Animals.ToDataset(a => a.Shade), "row 1", "missing", "Remove the rows");
        AssertFails(Array.Empty<Animal>().ToDataset(a => a.Wild), "rows", "none", "at least one");
        AssertFails(Rows.Of(Animals).Weights(a => -a.Legs).Target(a => a.Wild), "row 1", "-4", "at least 0");
        AssertFails(Rows.Of(Animals).Groups(a => a.Name).Target(a => a.Wild), "row 2", "missing", "group");
    }

    [Fact]
    public void A_table_becomes_a_dataset_with_a_target()
    {
        var table = IO.Table.Parse("t.csv", "x,y\n1,a\n2,b\n"u8.ToArray()).OrThrow();

        Assert.Equal(new Dataset(Frame.Of(("x", Column.Numeric.Of(1, 2))), Target.Classes.Of("a", "b")).WithTargetName("y"),
            table.ToDataset("y").OrThrow());
    }

    private static void AssertFails(Outcome<Dataset> outcome, string where, string what, string remedy)
    {
        var failure = Assert.IsType<Outcome<Dataset>.Fail>(outcome).Failure;
        Assert.Equal(where, failure.Where);
        Assert.Contains(what, failure.What);
        Assert.Contains(remedy, failure.Remedy);
    }
}
