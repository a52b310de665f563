using Xunit;

namespace FunctionalStack.IO.Tests.Specs;

public sealed class SpecNamesTests
{
    /// <summary>A parameter whose type JSON cannot carry could only be set in code.</summary>
    [Fact]
    public void Every_parameter_can_be_given() => Assert.Empty(
        SpecNames.Default.Learners.Types.SelectMany(type =>
            SpecNames.Default.Learners.ParametersOf(type).Hidden.Select(name => $"{type.Name}.{name}"))
            .Concat(SpecNames.Default.Transforms.Types.SelectMany(type =>
                SpecNames.Default.Transforms.ParametersOf(type).Hidden.Select(name => $"{type.Name}.{name}"))));
}
