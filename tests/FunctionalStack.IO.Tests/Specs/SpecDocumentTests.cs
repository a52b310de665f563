using FunctionalStack.Laws;
using Xunit;

namespace FunctionalStack.IO.Tests.Specs;

/// <summary>Checks docs/spec.md against the code.</summary>
public sealed class SpecDocumentTests
{
    private static string Document(string path = "docs/spec.md") => Repository.Read(path);

    // The rows of the table with this head. A learner and a transform may have one name.
    private static string[] TableOf(string head) =>
        [.. Document().Split('\n').SkipWhile(line => !line.StartsWith(head, StringComparison.Ordinal))
            .TakeWhile(line => line.StartsWith('|')).Skip(2)];

    [Fact]
    public void Its_example_is_a_spec()
    {
        var text = Document().Split("```json\n")[1].Split("```")[0];
        Assert.Equal(3, Assert.IsType<NodeSpec.Stack>(SpecFile.Parse(text, "docs/spec.md").OrThrow().Root).Bases.Count);
    }

    [Fact]
    public void Its_tables_are_the_catalogue()
    {
        Check("| learner |", Library.Catalogue.Learners.Select(entry => (entry.Name, entry.Description)));
        Check("| transform |", Library.Catalogue.Transforms.Select(entry => (entry.Name, entry.Description)));

        static void Check(string head, IEnumerable<(string Name, string Description)> entries)
        {
            Assert.Equal(
                entries.Select(entry => $"| `{entry.Name}` | {entry.Description} |"),
                TableOf(head).Select(line => string.Join('|', line.Split('|').Take(3)) + "|"));
        }
    }

    /// <summary>The targets and columns in the table are the declared capabilities. Those of learners that hold others depend on the
    /// others.</summary>
    [Fact]
    public void It_lists_the_declared_capabilities()
    {
        foreach (var (name, declared) in Library.Catalogue.Learners.Select(entry => (entry.Name, entry.Usual.Capabilities)))
        {
            var cells = TableOf("| learner |").Single(line => line.StartsWith($"| `{name}` |", StringComparison.Ordinal)).Split(" | ");
            var (predicts, reads) = (cells[2], cells[3]);
            if (!predicts.StartsWith("as its", StringComparison.Ordinal))
            {
                Assert.Equal((name, declared.Targets.HasFlag(TargetKinds.Classes)), (name, predicts.Contains("classes")));
                Assert.Equal((name, declared.Targets.HasFlag(TargetKinds.Numeric)), (name, predicts.Contains("numeric")));
            }

            Assert.Equal((name, declared.PredictionsOnly), (name, reads == "predictions"));
            if (declared.PredictionsOnly || reads.StartsWith("as its", StringComparison.Ordinal)) continue;
            Assert.Equal((name, declared.MissingValues), (name, reads.Contains("missing values")));
            Assert.Equal((name, declared.Categories), (name, reads.Contains("categorical")));
            Assert.Equal((name, !declared.Weights), (name, reads.Contains("no weights")));
        }
    }

    [Fact]
    public void The_readme_names_every_learner_and_transform()
    {
        var lines = Document("README.md").Split('\n');
        Assert.Equal(Library.Catalogue.Learners.Select(entry => entry.Name), Named("| learners |"));
        Assert.Equal(Library.Catalogue.Transforms.Select(entry => entry.Name), Named("| transforms |"));

        IEnumerable<string> Named(string head) =>
            lines.Single(line => line.StartsWith(head, StringComparison.Ordinal)).Split('`').Where((_, i) => i % 2 == 1);
    }

    [Fact]
    public void It_names_every_learner_transform_and_parameter()
    {
        Check(SpecNames.Default.Learners, TableOf("| learner |"));
        Check(SpecNames.Default.Transforms, TableOf("| transform |"));

        static void Check<T>(SpecTable<T> table, string[] rows) where T : class
        {
            foreach (var (name, type) in table.Names.Zip(table.Types))
            {
                var row = Assert.Single(rows, line => line.StartsWith($"| `{name}` |", StringComparison.Ordinal));
                if (row.Contains("those of `tree`")) row += rows.Single(line => line.StartsWith("| `tree` |", StringComparison.Ordinal));
                Assert.All(table.ParametersOf(type).Names, parameter => Assert.Contains($"`{parameter}`", row));
            }
        }
    }
}
