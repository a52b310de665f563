using Xunit;

namespace FunctionalStack.Core.Tests.Catalogues;

public class CatalogueTests
{
    private sealed record Coin(string Name = "coin") : ILeafLearner
    {
        public Capabilities Capabilities => new();

        public Outcome<IModel> FitLeaf(Dataset data, Seed seed) => throw new NotSupportedException();
    }

    private sealed record Die(string Name = "die") : ILeafLearner
    {
        public Capabilities Capabilities => new();

        public Outcome<IModel> FitLeaf(Dataset data, Seed seed) => throw new NotSupportedException();
    }

    private sealed record Turn(string Name = "turn") : ILeafTransform
    {
        public Outcome<Fitted> FitLeaf(Dataset data, Seed seed) => throw new NotSupportedException();
    }

    private sealed record Side(int Number);

    private sealed record Edge(int Number);

    private static readonly RecordTag side = RecordTag.Of<Side>("side");

    private static readonly Catalogue coins = Catalogue.Empty
        .With(LearnerEntry.Of(new Coin(), "A coin.", [side], new Turn()))
        .With(TransformEntry.Of(new Turn(), "A turn.", []));

    [Fact]
    public void Entries_keep_their_order_and_are_found_by_name_and_by_type()
    {
        var all = coins.With(LearnerEntry.Of(new Die(), "A die.", [side, RecordTag.Of<Edge>("edge")]));
        Assert.Equal(["coin", "die"], all.Learners.Select(entry => entry.Name));
        Assert.Equal(["turn"], all.Transforms.Select(entry => entry.Name));
        Assert.Equal(["side", "edge"], all.Records.Select(record => record.Tag));
        Assert.Equal(typeof(Die), all.Learner("die")!.Type);
        Assert.Equal("die", all.Learner(typeof(Die))!.Name);
        Assert.Equal(typeof(Turn), all.Transform("turn")!.Type);
        Assert.Equal("turn", all.Transform(typeof(Turn))!.Name);
        Assert.Null(all.Learner("turn"));
        Assert.Null(coins.Learner("die"));
    }

    [Fact]
    public void A_recipe_is_asked_with_the_learner_and_the_catalogue()
    {
        var all = coins.With(LearnerEntry.Of(
            new Die(), "A die.", [], (die, catalogue) => die.Name == "die" ? null : catalogue.RecipeFor(new Coin())));
        Assert.Equal(new Turn(), all.RecipeFor(new Coin()));
        Assert.Null(all.RecipeFor(new Die()));
        Assert.Equal(new Turn(), all.RecipeFor(new Die("loaded")));
        Assert.Null(coins.RecipeFor(new Die()));
    }

    [Fact]
    public void A_name_a_type_and_a_tag_are_taken_once()
    {
        Refused("the learner name 'coin' of ", Catalogue.Empty.With(LearnerEntry.Of(new Die("coin"), "A die.", [])));
        Refused("has an entry as 'coin'", Catalogue.Empty.With(LearnerEntry.Of(new Coin("penny"), "A coin.", [])));
        Refused("has an entry as 'turn'", Catalogue.Empty.With(TransformEntry.Of(new Turn("rotate"), "A turn.", [])));
        Refused("the tag 'side' of ", Catalogue.Empty.With(RecordTag.Of<Edge>("side")));
        Refused("has the tag 'side', and 'face' is another", Catalogue.Empty.With(RecordTag.Of<Side>("face")));
        Assert.Single(coins.With(side).Records);

        static void Refused(string what, Catalogue other)
        {
            Assert.Contains(what, coins.Join(other).Match(_ => "", failure => failure.What));
            Assert.Contains(what, Assert.Throws<ArgumentException>(() => coins.With(other)).Message);
        }
    }

    [Fact]
    public void What_has_no_name_or_cannot_be_made_has_no_entry()
    {
        Assert.Throws<ArgumentException>(() => LearnerEntry.Of(new Coin(" "), "A coin.", []));
        Assert.Throws<ArgumentException>(() => TransformEntry.Of(new Turn(""), "A turn.", []));
        Assert.Throws<ArgumentException>(() => RecordTag.Of<IModel>("model"));
        Assert.Throws<ArgumentException>(() => RecordTag.Of<Side>(""));
    }
}
