using FunctionalStack.Learners;
using FunctionalStack.Preprocessing;
using Xunit;

namespace FunctionalStack.IO.Tests.Records;

public class PredictorTests
{
    private enum Deck
    {
        Upper,
        Lower,
    }

    private sealed record Passenger(string? Sex, double? Age, int Siblings, Deck Deck, DateOnly Booked, bool Alone, string Survived);

    private static readonly RecordReader<Passenger> Reader = new(RecordTypes.Usual);

    private static Passenger[] Passengers { get; } =
    [
        .. Enumerable.Range(0, 60)
        .Select(i => new Passenger(i % 6 == 5 ? null : i % 3 == 0 ? "male" : "female", i % 7 == 0 ? null : 20 + i % 30, i % 4,
            i % 5 < 2
                ? Deck.Upper : Deck.Lower, new DateOnly(2024, 1 + i % 12, 1 + i % 28), i % 2 == 0, i % 3 == 0 || i % 6 == 5
                ? "yes" : "no")),
    ];

    private static Dataset Data { get; } =
        new RecordRows<Passenger>(Reader, Passengers).Target(row => row.Survived, ["Survived"]).OrThrow();

    private static EquatableArray<Base> Bases { get; } =
    [
        new Base("forest", Recipe.ForTrees.Then(new RandomForest(10))),
        new Base("boosting", Recipe.ForBoosting.Then(new GradientBoosting(10, MinChildWeight: 0.1))),
        new Base("logistic", Recipe.ForLinear.Then(new LogisticRegression())),
        new Base("lda", Recipe.ForLinear.Then(new LinearDiscriminantAnalysis())),
        new Base("qda", Recipe.ForLinear.Then(new QuadraticDiscriminantAnalysis(Pooling: 0.5))),
    ];

    private static ILearner Stack => new Stack(Bases, new OpinionPool(), new FoldPlan.KFold(3));

    private static Trained Fitted(ILearner learner) => learner.Fit(Data, new Seed(1)).OrThrow();

    [Fact]
    public void A_stack_predicts_records_without_allocating()
    {
        var predictor = Predictor<Passenger>.Of(Fitted(Stack), Reader).OrThrow();
        Assert.Equal(0, Allocations.Of(predictor, Passengers));
    }

    [Fact]
    public void Records_with_enums_dates_and_booleans_get_the_predictions_of_their_table()
    {
        foreach (var learner in Bases.Select(one => one.Learner).Append(Stack))
        {
            var fitted = Fitted(learner);
            var predictor = Predictor<Passenger>.Of(fitted, Reader).OrThrow();
            foreach (var known in Passengers)
            {
                Passenger[] variants =
                    [known, known with { Sex = null }, known with { Sex = "other" }, known with { Age = null },
                        known with { Deck = (Deck)7 },
                        known with { Age = double.PositiveInfinity }, known with { Booked = new DateOnly(1912, 4, 15) }];
                Assert.All(variants, one => Assert.Equal(fitted.Predict(Reader.Frame([one])), predictor.Predict(one)));
            }
        }
    }

    // More trees than are walked together, and more than the scratch cells on the stack hold.
    public static TheoryData<ILearner> Large =>
    [
        Recipe.ForTrees.Then(new RandomForest(40)),
        Recipe.ForTrees.Then(new ExtraTrees(2_100, MaxDepth: 2)),
        Recipe.ForBoosting.Then(new GradientBoosting(40, MinChildWeight: 0.1)),
    ];

    [Theory]
    [MemberData(nameof(Large))]
    public void Many_trees_are_walked_to_the_same_leaves(ILearner learner) => Agrees(learner, Data);

    [Theory]
    [InlineData(StackMethod.Probabilities, true)]
    [InlineData(StackMethod.LogProbabilities, true)]
    [InlineData(StackMethod.LogProbabilities, false)]
    [InlineData(StackMethod.Labels, false)]
    public void Predictions_of_bases_are_read_as_in_tables(StackMethod method, bool dropFirst) => Agrees(
        new Stack(Bases, new OpinionPool(), new FoldPlan.KFold(3), StackColumns: new(method, dropFirst)), Data);

    [Fact]
    public void Columns_that_are_all_dropped_leave_a_row_without_cells()
    {
        var same = Passengers.Select(passenger => Passengers[1] with { Survived = passenger.Survived }).ToArray();
        var data = new RecordRows<Passenger>(Reader, same).Target(row => row.Survived, ["Survived"]).OrThrow();
        Agrees(Recipe.ForLinear.Then(new LogisticRegression()), data);
    }

    private static void Agrees(ILearner learner, Dataset data)
    {
        var fitted = learner.Fit(data, new Seed(1)).OrThrow();
        var predictor = Predictor<Passenger>.Of(fitted, Reader).OrThrow();
        Assert.All(Passengers, one => Assert.Equal(fitted.Predict(Reader.Frame([one])), predictor.Predict(one)));
    }

    private enum Fate
    {
        no,
        yes,
    }

    private sealed record Odd(TimeSpan Age);

    [Fact]
    public void A_property_of_another_type_is_refused_with_its_name_and_type() => Assert.StartsWith(
        "Odd.Age: is of type TimeSpan, neither a number, a category nor a date.",
        Assert.IsType<Outcome<Predictor<Odd>>.Fail>(Predictor<Odd>.Of(Fitted(Stack), new(RecordTypes.Usual))).Failure.ToString());

    [Fact]
    public void Answers_have_the_type_of_the_target()
    {
        var predictor = Predictor<Passenger>.Of(Fitted(Stack), Reader).OrThrow();
        var texts = Predictor<Passenger, string>.Of(predictor).OrThrow();
        var fates = Predictor<Passenger, Fate>.Of(predictor).OrThrow();
        foreach (var passenger in Passengers)
        {
            var expected = (Prediction.Probabilities)predictor.Predict(passenger).OrThrow();
            var answer = fates.Predict(passenger).OrThrow();
            Assert.Equal(expected.Labels[0], texts.Predict(passenger).OrThrow().Value);
            Assert.Equal(expected.Labels[0], answer.Value.ToString());
            Assert.Equal(expected.Probability("yes")[0], answer[Fate.yes]);
            Assert.Equal(0, answer[(Fate)7]);
            Assert.True(fates.TryPredict(passenger, out var fate));
            Assert.Equal(answer.Value, fate);
        }

        Assert.False(fates.TryPredict(Passengers[0] with { Age = double.PositiveInfinity }, out _));
    }

    [Fact]
    public void A_class_that_is_no_value_of_the_type_is_refused()
    {
        var predictor = Predictor<Passenger>.Of(Fitted(Stack), Reader).OrThrow();
        Assert.Equal(
            "the target: has the class 'no', which is no Boolean. Request string answers, or an enum or number of these classes: no, yes.",
            Assert.IsType<Outcome<Predictor<Passenger, bool>>.Fail>(Predictor<Passenger, bool>.Of(predictor)).Failure.ToString());
        Assert.IsType<Outcome<Predictor<Passenger, Deck>>.Fail>(Predictor<Passenger, Deck>.Of(predictor));
    }

    [Theory]
    [InlineData("0", "1", true)]
    [InlineData("False", "True", true)]
    [InlineData("0", "2", false)]
    public void Two_classes_are_booleans_if_they_are_written_so(string no, string yes, bool are) =>
        Assert.Equal(are, AnswerTypes.OfClasses<bool>([no, yes]) is Outcome<EquatableArray<bool>>.Ok { Value: [false, true] });

    [Fact]
    public void Classes_convert_to_numbers_that_hold_them()
    {
        Assert.Equal([1, 3], AnswerTypes.OfClasses<int>(["1", "3.0"]).OrThrow());
        Assert.Equal([1.5m], AnswerTypes.OfClasses<decimal>(["1.5"]).OrThrow());
        Assert.Equal(['a'], AnswerTypes.OfClasses<char>(["a"]).OrThrow());
        Assert.Equal([false, true], AnswerTypes.OfClasses<bool?>(["False", "True"]).OrThrow());
        Assert.Equal([Fate.yes], AnswerTypes.OfClasses<Fate?>(["yes"]).OrThrow());
        Assert.Contains("which is no Int32?", Assert.IsType<Outcome<EquatableArray<int?>>.Fail>(
            AnswerTypes.OfClasses<int?>(["a"])).Failure.What);
        Assert.IsType<Outcome<EquatableArray<int>>.Fail>(AnswerTypes.OfClasses<int>(["1.5"]));
        Assert.IsType<Outcome<EquatableArray<byte>>.Fail>(AnswerTypes.OfClasses<byte>(["300"]));
        Assert.IsType<Outcome<EquatableArray<Fate>>.Fail>(AnswerTypes.OfClasses<Fate>(["1"]));
        Assert.IsType<Outcome<EquatableArray<DateTime>>.Fail>(AnswerTypes.OfClasses<DateTime>(["1"]));
        Assert.IsType<Outcome<EquatableArray<long>>.Fail>(AnswerTypes.OfClasses<long>(["9007199254740993"]));
        Assert.IsType<Outcome<EquatableArray<bool>>.Fail>(AnswerTypes.OfClasses<bool>(["0", "False"]));
    }

    [Fact]
    public void Values_beyond_the_range_of_a_type_are_refused()
    {
        Assert.True(AnswerTypes.OfValues<decimal>().OrThrow()(2.5, out var number) && number == 2.5m);
        Assert.False(AnswerTypes.OfValues<decimal>().OrThrow()(1e30, out _));
        Assert.False(AnswerTypes.OfValues<decimal>().OrThrow()(double.NaN, out _));
        Assert.False(AnswerTypes.OfValues<float>().OrThrow()(1e300, out _));
        Assert.IsType<Outcome<FromValue<int>>.Fail>(AnswerTypes.OfValues<int>());
    }

    [Fact]
    public void Threads_share_a_predictor()
    {
        var predictor = Predictor<Passenger>.Of(Fitted(Stack), Reader).OrThrow();
        var alone = Passengers.Select(passenger => predictor.Predict(passenger).OrThrow()).ToArray();
        Parallel.For(0, 20 * alone.Length, new ParallelOptions { MaxDegreeOfParallelism = 4 },
            i => Assert.Equal(alone[i % alone.Length], predictor.Predict(Passengers[i % alone.Length]).OrThrow()));
    }

    [Fact]
    public void A_record_without_a_column_of_the_model_is_refused_once()
    {
        var failure = Assert.IsType<Outcome<Predictor<Version>>.Fail>(
            Predictor<Version>.Of(Fitted(Stack), new RecordReader<Version>(RecordTypes.Usual))).Failure;
        Assert.Contains("'Sex'", failure.What);
    }

    [Fact]
    public void A_part_of_a_fit_has_no_predictor()
    {
        var part = new Trained(Fitted(Stack).Model);
        Assert.IsType<Outcome<Predictor<Passenger>>.Fail>(Predictor<Passenger>.Of(part, Reader));
    }

    [Fact]
    public void Too_little_room_is_an_error()
    {
        var predictor = Predictor<Passenger>.Of(Fitted(Stack), Reader).OrThrow();
        Assert.Throws<ArgumentException>(() => predictor.TryPredict(Passengers[0], new double[1]));
        Assert.Throws<ArgumentException>(() => predictor.TryPredict(Passengers[0], []));
    }

    [Fact]
    public void A_numeric_target_has_no_class()
    {
        var data = new RecordRows<Passenger>(Reader, Passengers).Target(row => row.Siblings, ["Siblings"]).OrThrow();
        var fitted = Recipe.ForTrees.Then(new RandomForest(3)).Fit(data, new Seed(1)).OrThrow();
        var predictor = Predictor<Passenger>.Of(fitted, Reader).OrThrow();
        Assert.Equal(1, predictor.Width);
        Assert.Empty(predictor.Levels);
        Assert.Throws<InvalidOperationException>(() => predictor.ClassOf([1]));
        var prediction = Assert.IsType<Prediction.Numeric>(predictor.Predict(Passengers[0]).OrThrow());
        var value = Predictor<Passenger, double>.Of(predictor).OrThrow().Predict(Passengers[0]).OrThrow();
        Assert.Equal(prediction.Values[0], value.Value);
        Assert.Throws<InvalidOperationException>(() => value[1]);
        Assert.IsType<Outcome<Predictor<Passenger, int>>.Fail>(Predictor<Passenger, int>.Of(predictor));
    }
}
