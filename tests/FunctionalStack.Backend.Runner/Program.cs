using System.Diagnostics;
using System.Reflection;
using FunctionalStack.Backend.Tests;
using Xunit.Abstractions;

// The backend suite as a program, for machines without an SDK: every test on every backend, or on those whose name contains a
// given text. It prints one line per test and ends with "N passed, N failed, N skipped".
// backend-suite [TEXT in the names of the backends]
var word = args.Length > 0 ? args[0] : "";
var (passed, failed, skipped) = (0, 0, 0);
var tests =
    from type in typeof(EachBackendAttribute).Assembly.GetExportedTypes()
    from method in type.GetMethods()
    let attribute = method.GetCustomAttribute<EachBackendAttribute>()
    where attribute is not null
    from backend in EachBackendAttribute.Of(attribute.DevicesOnly, attribute.Tf32, oracle: false)
    where backend.Name.Contains(word, StringComparison.OrdinalIgnoreCase)
    select (type, method, backend);
foreach (var (type, method, backend) in tests)
{
    var name = $"{type.Name}.{method.Name}({backend.Name})";
    if (backend.Absent is { } why)
    {
        skipped++;
        Console.WriteLine($"skipped {name}: {why}");
        continue;
    }

    var clock = Stopwatch.StartNew();
    try
    {
        var output = new Output();
        var test = type.GetConstructors()[0] is var constructor && constructor.GetParameters().Length == 0
            ? constructor.Invoke([]) : constructor.Invoke([output]);
        method.Invoke(test, [backend.Name]);
        passed++;
        Console.WriteLine($"passed  {name} {clock.Elapsed.TotalSeconds:F1} s");
    }
    catch (TargetInvocationException exception)
    {
        failed++;
        Console.WriteLine($"FAILED  {name} {clock.Elapsed.TotalSeconds:F1} s: {exception.InnerException}");
    }
}

Console.WriteLine($"{passed} passed, {failed} failed, {skipped} skipped");
return failed == 0 && passed > 0 ? 0 : 1;

/// <summary>Prints other output of tests to the console.</summary>
internal sealed class Output : ITestOutputHelper
{
    public void WriteLine(string message) => Console.WriteLine($"        {message}");

    public void WriteLine(string format, params object[] args) =>
        WriteLine(string.Format(System.Globalization.CultureInfo.InvariantCulture, format, args));
}
