using System.Text;
using FsCheck.Xunit;
using FunctionalStack.IO;
using Xunit;

namespace FunctionalStack.Demos.Tests;

public class TitanicFeaturesTests
{
    [Theory]
    [InlineData("Braund, Mr. Owen Harris", "Mr")]
    [InlineData("Cumings, Mrs. John Bradley (Florence Briggs Thayer)", "Mrs")]
    [InlineData("Reynaldo, Ms. Encarnacion", "Miss")]
    [InlineData("Aubart, Mme. Leontine Pauline", "Mrs")]
    [InlineData("Palsson, Master. Gosta Leonard", "Master")]
    [InlineData("Rothes, the Countess. of (Lucy Noel Martha Dyer-Edwards)", "Rare")]
    [InlineData("no title at all", "Rare")]
    public void The_title_is_the_text_between_comma_and_point(string name, string title) =>
        Assert.Equal(title, PassengerFeatures.TitleOf(name));

    [Theory]
    [InlineData("C85", "C")]
    [InlineData("F G73", "F")]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void The_deck_is_the_cabins_first_letter(string? cabin, string? deck) => Assert.Equal(deck, PassengerFeatures.DeckOf(cabin));

    [Fact]
    public void The_surname_is_the_text_before_the_comma() =>
        Assert.Equal("Braund", PassengerFeatures.SurnameOf("Braund, Mr. Owen Harris"));

    [Fact]
    public void A_row_becomes_family_size_role_and_keys()
    {
        var made = new PassengerFeatures().Apply(Passengers(
            "3,\"Palsson, Master. Gosta Leonard\",male,2,3,1,349909,21.075,,S",
            "3,\"Palsson, Mrs. Nils (Alma Cornelia Berglund)\",female,29,0,4,349909,21.075,,S",
            "1,\"Allison, Mr. Hudson Joshua Creighton\",male,30,1,2,113781,151.55,C22 C26,S")).OrThrow();
        Assert.Equal([5.0, 5, 4], ((Column.Numeric)made["familySize"]).ToArray());
        Assert.Equal(["boy 3", "woman 3", "man 1"], Words(made, "role"));
        Assert.Equal(["Palsson/3/S", "Palsson/3/S", null], Words(made, "kin"));
        Assert.Equal(["349909", "349909", null], Words(made, "party"));
        Assert.Equal([null, null, "C"], Words(made, "deck"));
    }

    [Fact]
    public void A_missing_age_becomes_the_median_of_the_title()
    {
        var data = Dataset(new PassengerFeatures().Apply(Passengers(
            "3,\"A, Master. X\",male,2,0,0,1,7,,S", "3,\"B, Master. X\",male,6,0,0,2,7,,S", "3,\"C, Mr. X\",male,40,0,0,3,7,,S",
            "3,\"D, Master. X\",male,,0,0,4,7,,S", "3,\"E, Miss. X\",female,,0,0,5,7,,S")).OrThrow());
        var fitted = new AgeByTitle().Fit(data, Seed.Of(1)).OrThrow();
        Assert.Equal([2.0, 6, 40, 4, 6], ((Column.Numeric)fitted.TrainView["age"]).ToArray());
    }

    [Fact]
    public void Ticket_mates_are_the_other_training_passengers()
    {
        var data = Dataset(new PassengerFeatures().Apply(Passengers(
            "3,\"A, Mr. X\",male,2,0,0,T1,30,,S", "3,\"B, Mr. X\",male,6,0,0,T1,30,,S", "3,\"C, Mr. X\",male,40,0,0,T2,7,,S")).OrThrow());
        var fitted = new TicketMates().Fit(data, Seed.Of(1)).OrThrow();
        Assert.Equal([1.0, 1, 0], ((Column.Numeric)fitted.TrainView["ticketMates"]).ToArray());
        Assert.Equal(15, Math.Exp(((Column.Numeric)fitted.TrainView["farePerHead"])[0]) - 1, 9);
        Assert.Equal([2.0, 2, 1], ((Column.Numeric)fitted.Map.Apply(data.Frame).OrThrow()["ticketMates"]).ToArray());
    }

    [Property(MaxTest = 30)]
    public void Changing_a_passengers_target_does_not_change_that_passengers_features(byte which, long seed)
    {
        var frame = Families();
        var codes = Enumerable.Range(0, frame.RowCount).Select(row => row % 3 == 0 ? 1 : 0).ToArray();
        var row = which % frame.RowCount;
        var before = Features(codes);
        codes[row] = 1 - codes[row];
        var after = Features(codes);
        Assert.NotEqual(before, after);
        Assert.Equal(before.Take([row]), after.Take([row]));

        Frame Features(int[] target) => TitanicStack.Features(frame, families: true)
            .Fit(new Dataset(frame, new Target.Classes(TitanicPassengers.Fates, EquatableArray.From(target))), Seed.Of(seed))
            .OrThrow().TrainView;
    }

    [Fact]
    public void Both_formats_give_the_same_passengers()
    {
        Table embedded = Parse("pclass,survived,sex,age,sibsp,parch\n1st,survived,female,29,0,0\n3rd,died,male,,1,2\n");
        Table kaggle = Parse("PassengerId,Survived,Pclass,Sex,Age,SibSp,Parch\n1,1,1,female,29,0,0\n2,0,3,male,,1,2\n");
        Assert.Equal(TitanicPassengers.Features(embedded).OrThrow(), TitanicPassengers.Features(kaggle).OrThrow());
        Assert.Equal(TitanicPassengers.Target(embedded).OrThrow(), TitanicPassengers.Target(kaggle).OrThrow());
    }

    [Fact]
    public void A_file_of_something_else_is_refused()
    {
        Assert.Contains("no column 'pclass'", Refused(TitanicPassengers.Features(Parse("a,b\n1,2\n"))));
        Assert.Contains("row 1", Refused(TitanicPassengers.Target(Parse("Survived\nperhaps\n"))));
    }

    // Twelve families of four women and boys each.
    private static Frame Families() => Passengers([.. Enumerable.Range(0, 48).Select(i =>
        $"{1 + i % 3},\"Family{i / 4}, {(i % 4 == 0 ? "Mrs" : i % 4 == 1 ? "Miss" : "Master")}. "
            + $"X\",{(i % 4 < 2 ? "female" : "male")},{(i % 5 == 0 ? "" : i)},1,2,T{i / 4},{10 + i},,S")]);

    private static string Refused<T>(Outcome<T> outcome) => outcome.Match(_ => "", failure => failure.ToString());

    private static Dataset Dataset(Frame frame) =>
        new(frame,
            new Target.Classes(TitanicPassengers.Fates, EquatableArray.From(Enumerable.Range(0, frame.RowCount).Select(row => row % 2))));

    private static Frame Passengers(params string[] lines) =>
        TitanicPassengers.Features(Parse("Pclass,Name,Sex,Age,SibSp,Parch,Ticket,Fare,Cabin,Embarked\n" + string.Join('\n', lines) + "\n"))
            .OrThrow();

    private static Table Parse(string csv) => Table.Parse("passengers", Encoding.UTF8.GetBytes(csv)).OrThrow();

    private static IEnumerable<string?> Words(Frame frame, string name)
    {
        var column = (Column.Categorical)frame[name];
        return [.. Enumerable.Range(0, column.Count).Select(column.LevelOf)];
    }
}
