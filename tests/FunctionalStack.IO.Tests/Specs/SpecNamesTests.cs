using FunctionalStack.Learners;
using FunctionalStack.Neural;
using Xunit;

namespace FunctionalStack.IO.Tests.Specs;

public sealed class SpecNamesTests
{
    /// <summary>Without this a learner could be written but not asked for.</summary>
    [Fact]
    public void EveryLearnerOfTheLibraryHasItsOwnNameInSpecs()
    {
        var types = new[] { typeof(KNearestNeighbors), typeof(Net) }.SelectMany(one => one.Assembly.GetTypes())
            .Where(type => type.IsPublic && !type.IsAbstract && typeof(ILearner).IsAssignableFrom(type))
            .Except([typeof(NetworkLearner)]).ToHashSet(); // A whole network has no place in a spec: net's parameters name some.
        Assert.Equal(types, SpecNames.Learners.Types.ToHashSet());
        foreach (var name in SpecNames.Learners.Names) Assert.Equal(name, ((ILearner)Default(SpecNames.Learners, name)).Name);
        foreach (var name in SpecNames.Transforms.Names) Assert.Equal(name, ((ITransform)Default(SpecNames.Transforms, name)).Name);

        static object Default<T>(SpecTable<T> table, string name) where T : class =>
            table.Read(new(System.Text.Json.JsonDocument.Parse($"\"{name}\"").RootElement, "$"), null);
    }

    /// <summary>A parameter whose type JSON cannot carry must be left out on purpose.</summary>
    [Fact]
    public void EveryParameterCanBeGivenButThese() => Assert.Equal(
        ["TargetEncode.Plan"],
        SpecNames.Learners.Types.SelectMany(type => SpecNames.Learners.ParametersOf(type).Hidden.Select(name => $"{type.Name}.{name}"))
            .Concat(SpecNames.Transforms.Types.SelectMany(type => SpecNames.Transforms.ParametersOf(type).Hidden.Select(name => $"{type.Name}.{name}"))));
}
