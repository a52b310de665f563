using System.Globalization;
using System.Text.RegularExpressions;

namespace FunctionalStack.Gpu.Tests.Kernels;

/// <summary>A kernel's text as NVIDIA's assembler gets it, and what can be read off it without that assembler.</summary>
internal sealed partial record Ptx(string Text)
{
    public int Lines => Text.Count(letter => letter == '\n');

    /// <summary>Virtual ones, declared by the compiler: no estimate of what the assembler makes of them, but kernels can be told apart by
    /// it.</summary>
    public int Registers => Declared().Matches(Text).Sum(match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture));

    /// <summary>What no kernel may have: local memory, where registers spill, and functions, which should have been inlined or are not
    /// there.</summary>
    public IEnumerable<string> Offending => Text.Split('\n').Where(line => Forbidden().IsMatch(line)).Select(line => line.Trim());

    public int Count(string word) => Text.Split(word).Length - 1;

    // .reg .f32 %f<120>;
    [GeneratedRegex(@"\.reg\s+\.\w+\s+%\w+<(\d+)>")]
    private static partial Regex Declared();

    // A kernel is an .entry; .extern, .visible and plain .func are functions beside it. The fused multiply-add and the matrix
    // units' functions leave one behind each, empty: their calls are written as instructions.
    [GeneratedRegex(@"\.local\b|\.extern\b.*\.func\b|\.func\b(?!.*\b(?:MultiplyAdd|Round)_)|\bcall\b")]
    private static partial Regex Forbidden();
}
