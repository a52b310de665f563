using Xunit;

namespace FunctionalStack.Cli.Tests.Commands;

/// <summary>The scores that fit reports.</summary>
public class FitScoresTests
{
    private const string Line = "fit --data ./data.csv --target y --id id --spec ./spec.json --model ./m.fstack";

    /// <summary>Of 90 rows in 4 blocks of time, 3 blocks are held out; of these 66 rows, again 3 blocks of 4.</summary>
    [Fact]
    public void Scores_over_some_of_the_rows_come_with_their_number()
    {
        using var tool = new Fstack(Sheet.Passengers().With("day", row => $"{row}"));
        const string line = $"{Line} --time day";
        Assert.Equal([66, 66, 48], tool.Done($"{line} --json").Json.Items("models").Select(model => model.GetProperty("rows").GetInt32()));
        var text = tool.Done(line).Output;
        Assert.Contains("out-of-fold scores (stack", text);
        Assert.Matches(@"│ stack +│( +\d\.\d{4} │){3} +48 │", text);
        Assert.Equal([90, 90, 90], tool.Done($"{Line} --json").Json.Items("models").Select(model => model.GetProperty("rows").GetInt32()));
    }
}
