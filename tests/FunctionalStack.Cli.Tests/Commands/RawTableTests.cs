using System.Globalization;
using System.Text;
using Xunit;

namespace FunctionalStack.Cli.Tests.Commands;

/// <summary>Every command accepts a raw exported table.</summary>
public sealed class RawTableTests : IDisposable
{
    private const string Spec =
        """{"version":1,"stack":{"folds":{"k":3},"bases":[{"learner":"knn"},{"learner":"randomForest","params":{"trees":10}}],"meta":{"learner":"logistic"}}}""";

    private readonly Fstack tool = new(spec: Spec);

    public RawTableTests() => tool.Write("raw.csv", Raw(row => row));

    public void Dispose() => tool.Dispose();

    [Fact]
    public void The_reading_of_the_columns_is_printed()
    {
        var ran = tool.Done("evaluate --data ./raw.csv --target outcome --id id --spec ./spec.json --json");
        Assert.Equal(
            ["categories: outcome, active", "texts: comment", "numbers (decimal comma, thousands separated, in €): income",
                "dates (day first): signup, as signup:days, :year, :month, :weekday",
                "missing: '#N/A' in income (3), '-' in income (3), 'NA' in income (3), '.' in income (2), 'None' in income (2)"],
            ran.Reading);
        Assert.Contains("raw.csv: line 53 is blank and is not read as a row", ran.Notes);
        var income = ran.Json.Items("reading").Single(column => column.GetProperty("column").GetString() == "income");
        Assert.Equal(("comma", 3), (income.GetProperty("decimal").GetString(), income.GetProperty("missing").GetProperty("-").GetInt32()));
        Assert.InRange(ran.Json.Model("stack").GetProperty("accuracy").GetProperty("mean").GetDouble(), 0.8, 1);
    }

    [Fact]
    public void The_reading_does_not_depend_on_the_order_of_rows()
    {
        var reversed = new Fstack(spec: Spec).Write("raw.csv", Raw(row => 119 - row));
        string[] Predicted(Fstack one) => one.Done("evaluate --data ./raw.csv --target outcome --id id --spec ./spec.json").Reading;
        Assert.Equal(Predicted(tool), Predicted(reversed));
        reversed.Dispose();
    }

    [Fact]
    public void Columns_that_the_model_does_not_use_are_neither_stored_nor_required()
    {
        tool.Done("fit --data ./raw.csv --target outcome --id id --spec ./spec.json --model ./m.fstack");
        var inspected = tool.Done("inspect ./m.fstack --json");
        Assert.DoesNotContain("Kunde", inspected.Output);
        Assert.DoesNotContain("Kunde", Encoding.UTF8.GetString(tool.Bytes("m.fstack")));
        Assert.DoesNotContain("comment", inspected.Json.Items("columns").Select(column => column.GetProperty("name").GetString()));
        tool.Write("one.csv", "income;active;signup\n1.500,00 €;True;01/02/2021\n")
            .Done("predict --model ./m.fstack --data ./one.csv --out ./p.csv");
        Assert.Equal(1, tool.Table("p.csv").Count);
        tool.Write("bad.csv", "income;active;signup\nplenty;True;01/02/2021\n");
        Assert.Contains("column income: 'plenty' is not a number",
            tool.Refused("predict --model ./m.fstack --data ./bad.csv --out ./q.csv"));
        tool.Write("bad.csv", "income;active\n1,0;True\n");
        Assert.Contains("has no column 'signup'", tool.Refused("predict --model ./m.fstack --data ./bad.csv --out ./q.csv"));
    }

    [Fact]
    public void Labelled_rows_are_scored()
    {
        tool.Done("fit --data ./raw.csv --target outcome --id id --spec ./spec.json --model ./m.fstack");
        var json = tool.Done("predict --model ./m.fstack --data ./raw.csv --out ./p.csv --json").Json;
        var right = tool.Table("p.csv")["outcome"].Where((label, row) => label == (Income(row) > 2000 ? "good" : "bad")).Count();
        Assert.Equal((120, right), (json.GetProperty("labelled").GetInt32(), json.GetProperty("correct").GetInt32()));
        tool.Write("few.csv", "income;active;signup;outcome\n1.500,00 €;True;01/02/2021;\n1.500,00 €;True;01/02/2021;other\n");
        var few = tool.Done("predict --model ./m.fstack --data ./few.csv --out ./p.csv");
        Assert.Contains("0 of 1 labelled rows are predicted correctly", few.Output);
        Assert.Contains(few.Notes, note => note.Contains("column 'outcome'") && note.Contains("not in the training data"));
    }

    [Fact]
    public void Folds_can_be_ordered_by_a_date()
    {
        var ran = tool.Done("evaluate --data ./raw.csv --target outcome --id id --time signup --spec ./spec.json --json");
        Assert.DoesNotContain("signup:days",
            ran.Json.Items("reading").SelectMany(column => column.TryGetProperty("features", out _) ? column.Texts("features") : []));
        Assert.Equal(5, ran.Json.GetProperty("folds").GetInt32());
        Assert.Contains("not shuffled", tool.Refused("evaluate --data ./raw.csv --target outcome --time signup --repeats 2"));
        tool.Done("fit --data ./raw.csv --target outcome --id id --time signup --spec ./spec.json --model ./t.fstack");
        tool.Write("one.csv", "income;active\n1.500,00 €;True\n").Done("predict --model ./t.fstack --data ./one.csv --out ./p.csv");
    }

    [Fact]
    public void Options_resolve_ambiguous_cells()
    {
        tool.Write("two.csv",
            "x,y\n" + string.Concat(Enumerable.Range(0, 40).Select(i => $"\"{1 + i % 9},{100 + i}\",{(i % 9 > 4 ? "a" : "b")}\n"))
            + "-99,a\n");
        Assert.Contains(tool.Done("evaluate --data ./two.csv --target y --spec ./spec.json --missing -99").Notes,
            note => note.Contains("pass --decimal comma"));
        var comma = tool.Done("evaluate --data ./two.csv --target y --spec ./spec.json --decimal comma --missing -99");
        Assert.Contains("numbers (decimal comma): x", comma.Reading);
        Assert.Contains("missing: '-99' in x (1)", comma.Reading);
    }

    private static double Income(int row) => 500 + row * 7919 % 4000;

    private static string Raw(Func<int, int> at)
    {
        var text = new StringBuilder("\uFEFFsep=;\r\nid;signup;income;active;comment;outcome\r\n");
        string[] missing = ["NA", "-", "#N/A", "None", "."];
        for (var line = 0; line < 120; line++)
        {
            var row = at(line);
            var day = new DateTime(2020, 1, 1).AddDays(row * 31 % 900);
            var income = row % 9 == 4
                ? missing[row / 9 % 5]
                : Income(row).ToString("N2", CultureInfo.GetCultureInfo("")).Replace(',', ' ').Replace('.', ',').Replace(' ', '.') + " €";
            text.Append(CultureInfo.InvariantCulture,
                $"{row:000};{day:dd}/{day:MM}/{day:yyyy};{income};{row % 3 == 0};\"Kunde {row}; "
                    + $"sagt\"\"so\"\"\";{(Income(row) > 2000 ? "good" : "bad")}\r\n");
            if (line == 49) text.Append("\r\n");
        }

        return text.ToString();
    }
}
