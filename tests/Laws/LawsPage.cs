using System.Text.RegularExpressions;
using Xunit;

namespace FunctionalStack.Laws;

/// <summary>docs/laws.md names every law that is checked here, and none that is not there.</summary>
public partial class LawsPage
{
    [Fact]
    public void The_page_and_the_tests_name_the_same_laws()
    {
        var page = Name().Matches(Repository.Read("docs/laws.md")).Select(match => match.Groups[1].Value).ToHashSet();
        var laws = typeof(LawsPage).Assembly.GetTypes().Where(type => type.Name.EndsWith("Laws", StringComparison.Ordinal))
            .SelectMany(type =>
                type.GetMethods().Where(method => method.GetCustomAttributes(typeof(FactAttribute), true).Length > 0)
                    .Select(method => method.Name)).ToArray();
        Assert.Empty(laws.Except(page).Except([nameof(ExecutionLaws.Most_random_compositions_can_be_fitted_and_some_cannot)]));
        var elsewhere = Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests"), "*.cs", SearchOption.AllDirectories)
            .Select(File.ReadAllText).ToArray();
        Assert.All(page.Except(laws), name => Assert.Contains(elsewhere, text => text.Contains($" {name}(", StringComparison.Ordinal)));
    }

    [GeneratedRegex("`([A-Z][A-Za-z0-9]*(?:_[A-Za-z0-9]+)+)`")]
    private static partial Regex Name();
}
