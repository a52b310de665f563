using Xunit;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace FunctionalStack.Backend.Tests;

/// <summary>A test with one argument, the backend's name, that runs on each of <see cref="Backends.All"/>. On unavailable ones it is
/// skipped with the reason.</summary>
[XunitTestCaseDiscoverer("FunctionalStack.Backend.Tests.EachBackendDiscoverer", "FunctionalStack.Backend.Tests")]
public sealed class EachBackendAttribute : FactAttribute
{
    /// <summary>On the double-precision oracle too.</summary>
    public bool Oracle { get; set; }

    /// <summary>On devices that kernels run on, and not on the host.</summary>
    public bool DevicesOnly { get; set; }

    /// <summary>On <see cref="Backends.Tf32"/> instead.</summary>
    public bool Tf32 { get; set; }

    internal static IEnumerable<TestBackend> Of(bool devicesOnly, bool tf32, bool oracle) =>
        (tf32 ? Backends.Tf32 : devicesOnly ? Backends.Devices : Backends.All).Concat(oracle ? [Backends.Oracle] : []);
}

/// <summary>Creates the cases of <see cref="EachBackendAttribute"/>: xunit 2 cannot skip at run time, so cases are created as
/// skipped.</summary>
public sealed class EachBackendDiscoverer(IMessageSink sink) : IXunitTestCaseDiscoverer
{
    public IEnumerable<IXunitTestCase> Discover(ITestFrameworkDiscoveryOptions options, ITestMethod method, IAttributeInfo attribute)
    {
        var (display, details) = (options.MethodDisplayOrDefault(), options.MethodDisplayOptionsOrDefault());
        return EachBackendAttribute.Of(Is(nameof(EachBackendAttribute.DevicesOnly)), Is(nameof(EachBackendAttribute.Tf32)),
            Is(nameof(EachBackendAttribute.Oracle))).Select(backend => backend.Absent is { } why
            ? new XunitSkippedDataRowTestCase(sink, display, details, method, why, [backend.Name])
            : new XunitTestCase(sink, display, details, method, [backend.Name]));

        bool Is(string name) => attribute.GetNamedArgument<bool>(name);
    }
}
