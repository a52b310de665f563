using System.Reflection;

namespace FunctionalStack.Laws;

/// <summary>Parameters out of range are refused without rows.</summary>
internal static class ParameterLaw
{
    public static Finding Check(ISpec spec, LawOptions options)
    {
        if (spec.Validate() is [var own, ..]) return Finding.Against($"its own parameters are refused: {own}");
        var some = false;
        foreach (var (what, invalid) in Parts(spec).SelectMany(Without).Concat(options.Invalid.Select(one => ($"{one}", one))))
        {
            some = true;
            if (invalid.Validate().Count == 0) return Finding.Against($"{what} is accepted");
        }

        return some ? Finding.Held : Finding.Nil("it has no parameter that is a real number, and no invalid ones are given");
    }

    private static IEnumerable<ISpec> Parts(ISpec spec) => spec.Components.SelectMany(part => Parts(part.Spec)).Append(spec);

    // No parameter that is a real number has a meaning as NaN. Records are copied as `with` does.
    private static IEnumerable<(string What, ISpec Invalid)> Without(ISpec spec)
    {
        var copy = spec.GetType().GetMethod("<Clone>$", BindingFlags.Public | BindingFlags.Instance);
        if (copy is null) yield break;
        foreach (var property in spec.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if ((property.PropertyType != typeof(double) && property.PropertyType != typeof(double?)) || property.SetMethod is null
                || property.GetIndexParameters().Length > 0)
                continue;
            var changed = (ISpec)copy.Invoke(spec, null)!;
            property.SetValue(changed, double.NaN);
            yield return ($"{spec.Name} with {property.Name} of NaN", changed);
        }
    }
}
