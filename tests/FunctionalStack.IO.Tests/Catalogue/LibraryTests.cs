using System.Text.RegularExpressions;
using FunctionalStack.Laws;
using FunctionalStack.Learners;
using FunctionalStack.Neural;
using FunctionalStack.Preprocessing;
using Xunit;

namespace FunctionalStack.IO.Tests.Catalogues;

/// <summary>The library's catalogue against its assemblies.</summary>
public sealed class LibraryTests
{
    /// <summary>Without this a learner could be implemented but not named in a spec.</summary>
    [Fact]
    public void Every_learner_and_transform_of_the_library_has_an_entry()
    {
        // A whole network has no form in a spec; the parameters of net describe some. An error forest does not predict the target.
        var learners = Public<ILearner>().Except([typeof(NetworkLearner), typeof(ErrorForest)]).ToHashSet();
        // In specs, columns are a key of each transform, and a transform that drops columns is a map too.
        var transforms = Public<ITransform>().Except([typeof(OnColumns), typeof(DropColumns)]).ToHashSet();
        // The search and balanced classes are compositions of the core.
        Assert.Equal([.. learners, typeof(Tuned), typeof(Balanced)], Library.Catalogue.Learners.Select(entry => entry.Type).ToHashSet());
        Assert.Equal(transforms, Library.Catalogue.Transforms.Select(entry => entry.Type).ToHashSet());
    }

    /// <summary>README names what there is.</summary>
    [Theory]
    [InlineData("learners")]
    [InlineData("transforms")]
    public void The_readme_lists_the_catalogue(string what)
    {
        var row = Repository.Read("README.md").Split('\n').Single(line => line.StartsWith($"| {what} |", StringComparison.Ordinal));
        var named = Regex.Matches(row, "`(\\w+)`").Select(match => match.Groups[1].Value);
        var entries = what == "learners"
            ? Library.Catalogue.Learners.Select(entry => entry.Name)
            : Library.Catalogue.Transforms.Select(entry => entry.Name);
        Assert.Equal(entries.Order(), named.Order());
    }

    [Fact]
    public void Every_entry_holds_the_defaults_of_its_record_and_one_line_of_description()
    {
        var (names, line) = (SpecNames.Default, "^[A-Z][^\n]{5,100}\\.$");
        Assert.All(Library.Catalogue.Learners, entry =>
        {
            Assert.True(names.Learners.ParametersOf(entry.Type).AreDefaults(entry.Usual), entry.Name);
            Assert.Matches(line, entry.Description);
        });
        Assert.All(Library.Catalogue.Transforms, entry =>
        {
            Assert.True(names.Transforms.ParametersOf(entry.Type).AreDefaults(entry.Usual), entry.Name);
            Assert.Matches(line, entry.Description);
        });
    }

    /// <summary>So that a catalogue with a single learner can save its model.</summary>
    [Fact]
    public void Every_entry_lists_the_records_that_its_models_hold()
    {
        Assert.All(Library.Catalogue.Learners, entry => Assert.Empty(Unsaved(CoreCatalogue.All.With(entry), entry.Models)));
        Assert.All(Library.Catalogue.Transforms, entry => Assert.Empty(Unsaved(CoreCatalogue.All.With(entry), entry.Maps)));

        static IEnumerable<string> Unsaved(Catalogue alone, EquatableArray<RecordTag> records) =>
            records.Select(record => ModelRegistry.Of(alone).WhyNot(record.Type)).OfType<string>();
    }

    /// <summary>Published specs and model files contain these names.</summary>
    [Fact]
    public void Every_released_name_and_tag_is_known_for_ever()
    {
        using var text = new StreamReader(typeof(LibraryTests).Assembly.GetManifestResourceStream("released-names.txt")!);
        var released = text.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(128, released.Length);
        Assert.Empty(released.Except(
        [
            .. Library.Catalogue.Learners.Select(entry => $"learner {entry.Name}"),
            .. Library.Catalogue.Transforms.Select(entry => $"transform {entry.Name}"),
            .. Library.Catalogue.Records.Select(record => $"record {record.Tag}"),
        ]));
    }

    [Fact]
    public void What_usually_stands_before_a_learner_of_learners_is_theirs()
    {
        Assert.Equal(Recipe.ForDistances, Library.Catalogue.RecipeFor(new Bagging(new AdaBoost(new KNearestNeighbors()))));
        Assert.Equal(Recipe.ForTrees, Library.Catalogue.RecipeFor(new Bagging()));
        Assert.Equal(Recipe.ForLinear, Library.Catalogue.RecipeFor(new Net()));
        Assert.Null(Library.Catalogue.RecipeFor(new Net(Image: [8, 8, 1])));
        Assert.Null(Library.Catalogue.RecipeFor(new Identity().Then(new KNearestNeighbors())));
    }

    private static IEnumerable<Type> Public<T>() =>
        new[] { typeof(KNearestNeighbors), typeof(Net) }.SelectMany(one => one.Assembly.GetTypes())
        .Where(type => type.IsPublic && !type.IsAbstract && typeof(T).IsAssignableFrom(type));
}
