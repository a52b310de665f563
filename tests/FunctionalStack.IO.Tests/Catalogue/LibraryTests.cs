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
    public void EveryLearnerAndTransformOfTheLibraryHasAnEntry()
    {
        // A whole network has no form in a spec; the parameters of net describe some.
        var learners = Public<ILearner>().Except([typeof(NetworkLearner)]).ToHashSet();
        // In specs, columns are a key of each transform, and a transform that drops columns is a map too.
        var transforms = Public<ITransform>().Except([typeof(OnColumns), typeof(DropColumns)]).ToHashSet();
        Assert.Equal(learners, Library.Catalogue.Learners.Select(entry => entry.Type).ToHashSet());
        Assert.Equal(transforms, Library.Catalogue.Transforms.Select(entry => entry.Type).ToHashSet());
    }

    [Fact]
    public void EveryEntryHoldsTheDefaultsOfItsRecordAndOneLineOfDescription()
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
    public void EveryEntryListsTheRecordsThatItsModelsHold()
    {
        Assert.All(Library.Catalogue.Learners, entry => Assert.Empty(Unsaved(CoreCatalogue.All.With(entry), entry.Models)));
        Assert.All(Library.Catalogue.Transforms, entry => Assert.Empty(Unsaved(CoreCatalogue.All.With(entry), entry.Maps)));

        static IEnumerable<string> Unsaved(Catalogue alone, EquatableArray<RecordTag> records) =>
            records.Select(record => ModelRegistry.Of(alone).WhyNot(record.Type)).OfType<string>();
    }

    /// <summary>Published specs and model files contain these names.</summary>
    [Fact]
    public void EveryReleasedNameAndTagIsKnownForEver()
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
    public void WhatUsuallyStandsBeforeALearnerOfLearnersIsTheirs()
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
