using FunctionalStack.Cli.Output;
using FunctionalStack.IO;
using Spectre.Console;
using Xunit;

namespace FunctionalStack.Cli.Tests.Output;

public class TablesTests
{
    private static readonly Target.Numeric Target = new(EquatableArray.Of(1.0, 2, 3, 4));

    [Theory]
    [InlineData(40)]
    [InlineData(60)]
    [InlineData(80)]
    public void A_table_fits_and_metric_names_are_not_broken(int width)
    {
        var text = Drawn(Tables.Scores([ScoredModel("randomForest", 1), ScoredModel("k-nearest", 2)], Target, width), width);
        Assert.All(text.Split('\n'), line => Assert.InRange(line.TrimEnd().Length, 0, width));
        Assert.Contains("randomForest", text);
        Assert.Contains("RMSE", text);
    }

    [Fact]
    public void A_column_has_one_number_format()
    {
        var text = Drawn(Tables.Scores([ScoredModel("a", 900), ScoredModel("b", 42_000)], Target, 80), 80);
        Assert.Contains("900.0", text);
        Assert.Contains("42000.0", text);
        Assert.DoesNotContain("900.0000", text);
    }

    private static ScoredModel ScoredModel(string name, double off)
    {
        var folds = EquatableArray.Of(new Fold([2, 3], [0, 1]), new Fold([0, 1], [2, 3]));
        return FunctionalStack.ScoredModel.Of(name, "base", new Roles(Target), folds,
            [new Prediction.Numeric(EquatableArray.Of(1 + off, 2 + off)), new Prediction.Numeric(EquatableArray.Of(3 + off, 4 + off))]);
    }

    private static string Drawn(Spectre.Console.Table table, int width)
    {
        var writer = new StringWriter();
        var console =
            AnsiConsole.Create(new AnsiConsoleSettings
            {
                Out = new AnsiConsoleOutput(writer),
                Ansi = AnsiSupport.No,
                Interactive = InteractionSupport.No
            });
        console.Profile.Width = width;
        console.Write(table);
        return writer.ToString();
    }
}
