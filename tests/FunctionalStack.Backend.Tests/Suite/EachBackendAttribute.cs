using Xunit;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace FunctionalStack.Backend.Tests;

/// <summary>A test of one argument, the backend's name, that is run on each of <see cref="Backends.All"/>; skipped, and saying why, on absent ones.</summary>
[XunitTestCaseDiscoverer("FunctionalStack.Backend.Tests.EachBackendDiscoverer", "FunctionalStack.Backend.Tests")]
public sealed class EachBackendAttribute : FactAttribute
{
    /// <summary>On the double-precision oracle too.</summary>
    public bool Oracle { get; set; }

    /// <summary>On devices that kernels run on, and not on the host.</summary>
    public bool DevicesOnly { get; set; }
}

/// <summary>Makes the cases of <see cref="EachBackendAttribute"/>: xunit 2 knows no skipping at run time, but cases that are born skipped.</summary>
public sealed class EachBackendDiscoverer(IMessageSink sink) : IXunitTestCaseDiscoverer
{
    public IEnumerable<IXunitTestCase> Discover(ITestFrameworkDiscoveryOptions options, ITestMethod method, IAttributeInfo attribute)
    {
        var (display, details) = (options.MethodDisplayOrDefault(), options.MethodDisplayOptionsOrDefault());
        var backends = attribute.GetNamedArgument<bool>(nameof(EachBackendAttribute.DevicesOnly)) ? Backends.Devices : Backends.All;
        return backends.Concat(attribute.GetNamedArgument<bool>(nameof(EachBackendAttribute.Oracle)) ? [Backends.Oracle] : []).Select(backend => backend.Absent is { } why
            ? new XunitSkippedDataRowTestCase(sink, display, details, method, why, [backend.Name])
            : new XunitTestCase(sink, display, details, method, [backend.Name]));
    }
}
