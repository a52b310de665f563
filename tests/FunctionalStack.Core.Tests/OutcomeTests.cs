using FsCheck.Xunit;
using FunctionalStack.Laws;
using Xunit;

namespace FunctionalStack.Core.Tests;

[Properties(Arbitrary = [typeof(Arbitraries)])]
public class OutcomeTests
{
    private static readonly Failure failure = new("here", "it broke", "Fix it.");

    // Steps that succeed, note and fail, by the number they are given.
    private static Outcome<int> Step(int salt, int x) => (x + salt) % 4 == 0
        ? Outcome.Fail<int>($"step {salt}", $"{x} was found", "Give another.")
        : Outcome.Ok(x / 2 + salt).Noting([$"{salt} saw {x}"]);

    [Property]
    public void Left_unit(int x, int salt) => Assert.Equal(Step(salt, x), Outcome.Ok(x).Bind(y => Step(salt, y)));

    [Property]
    public void Right_unit(int x, int salt) => Assert.Equal(Step(salt, x), Step(salt, x).Bind(Outcome.Ok));

    [Property]
    public void Bind_is_associative(int x, int f, int g, int h) => Assert.Equal(
        Step(f, x).Bind(y => Step(g, y)).Bind(y => Step(h, y)),
        Step(f, x).Bind(y => Step(g, y).Bind(z => Step(h, z))));

    [Property]
    public void Map_keeps_identity_and_composition(int x, int salt)
    {
        Assert.Equal(Step(salt, x), Step(salt, x).Map(y => y));
        Assert.Equal(Step(salt, x).Map(y => (y + 1) * 2), Step(salt, x).Map(y => y + 1).Map(y => y * 2));
    }

    [Property]
    public void A_query_is_its_binds(int x, int f, int g) => Assert.Equal(
        Step(f, x).Bind(y => Step(g, y).Map(z => y - z)),
        from y in Step(f, x) from z in Step(g, y) select y - z);

    [Property]
    public void Notes_accumulate_in_the_order_of_the_steps(string a, string b) => Assert.Equal(
        EquatableArray.Of<Note>(a, b),
        Outcome.Ok(1).Noting([a]).Bind(x => Outcome.Ok(x).Noting([b])).Notes);

    [Property]
    public void All_gives_the_values_and_notes_in_order_or_the_first_failure(int[] items, int salt)
    {
        var outcomes = items.Select(item => Step(salt, item)).ToArray();
        var all = Outcome.All(outcomes);
        if (outcomes.OfType<Outcome<int>.Fail>().FirstOrDefault() is { } first)
        {
            Assert.Equal(new Outcome<EquatableArray<int>>.Fail(first.Failure), all);
            return;
        }

        Assert.Equal(outcomes.Select(outcome => outcome.OrThrow()), all.OrThrow());
        Assert.Equal(outcomes.SelectMany(outcome => outcome.Notes), all.Notes);
    }

    [Fact]
    public void All_stops_asking_at_the_first_failure()
    {
        var asked = 0;
        IEnumerable<Outcome<int>> Asking()
        {
            asked++;
            yield return Outcome.Fail<int>("a", "b", "c");
            asked++;
            yield return Outcome.Ok(1);
        }

        Outcome.All(Asking());
        Assert.Equal(1, asked);
    }

    [Fact]
    public void At_puts_the_place_before_a_failures_place_and_before_each_note()
    {
        Assert.Equal("outer: here: it broke. Fix it.", failure.At("outer").ToString());
        Assert.Equal("outer", new Failure("", "it broke", "Fix it.").At("outer").Where);
        Assert.Equal("outer: here", failure.At("outer").At("outer").Where);
        Assert.Equal("here", failure.At("here").Where);
        Assert.Equal("her: here", failure.At("her").Where);
        Assert.Equal("it broke. Fix it.", new Failure("", "it broke", "Fix it.").ToString());
        Assert.Equal(EquatableArray.Of(new Note("outer", "a"), new Note("outer", "b")), Outcome.Ok(1).Noting(["a", "b"]).At("outer").Notes);
        Assert.Equal(new Outcome<int>.Fail(failure.At("outer")), new Outcome<int>.Fail(failure).At("outer"));
        Assert.Equal(Outcome.Ok(1), Outcome.Ok(1).At("outer"));
    }

    [Fact]
    public void Outcomes_compare_by_value_and_notes()
    {
        Assert.Equal(Outcome.Ok(1), Outcome.Ok(1));
        Assert.NotEqual(Outcome.Ok(1), Outcome.Ok(1).Noting(["a"]));
        Assert.NotEqual(Outcome.Ok(1), Outcome.Fail<int>("a", "b", "c"));
        Assert.Equal(new Outcome<int>.Fail(failure), new Outcome<int>.Fail(failure).Noting(["a"]));
    }

    [Fact]
    public void OrThrow_gives_the_value_or_throws_the_failure()
    {
        Assert.Equal(3, Outcome.Ok(3).OrThrow());
        var thrown = Assert.Throws<OutcomeException>(() => new Outcome<int>.Fail(failure).OrThrow());
        Assert.Equal(failure, thrown.Failure);
        Assert.Equal("here: it broke. Fix it.", thrown.Message);
    }

    [Property]
    public void TryGet_and_Match_with_actions_see_what_Match_sees(int x, int salt)
    {
        var outcome = Step(salt, x);
        var seen = "";
        outcome.Match(value => seen = $"{value}", found => seen = $"{found}");
        Assert.Equal(outcome.Match(value => $"{value}", found => $"{found}"), seen);
        Assert.Equal(seen, outcome.TryGet(out var got, out var failed) ? $"{got}" : $"{failed}");
        Assert.Equal(outcome is Outcome<int>.Ok, failed is null);
    }
}
