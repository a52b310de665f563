using System.Reflection;
using System.Text.Json;

namespace FunctionalStack;

/// <summary>Reads and replaces a parameter of a composition by its path. Parameters have their names in specs.</summary>
internal static class ParameterPath
{
    private const string Preprocess = "preprocess";

    private static readonly string[] stackKeys =
        ["bases", "meta", "folds", "combine", "stackMethod", "dropFirstClass", "passthrough", "onFailure"];

    /// <summary>The type of the parameter. Fails if there is none.</summary>
    public static Outcome<Type> TypeOf(ILearner learner, string path)
    {
        Type? found = null;
        return Change(learner, path, (type, _) =>
        {
            found = type;
            return Outcome.Ok<object?>(null);
        }, sets: false).Map(_ => found!);
    }

    /// <summary>The value of the parameter. Fails if there is none.</summary>
    public static Outcome<object?> Get(ILearner learner, string path)
    {
        object? found = null;
        return Change(learner, path, (_, value) => Outcome.Ok(found = value), sets: false).Map(_ => found);
    }

    /// <summary>The same learner with this value of the parameter, which is converted to the parameter's type.</summary>
    public static Outcome<ILearner> Set(ILearner learner, string path, object? value) =>
        Change(learner, path, (type, _) => PlainValue.As(type, value), sets: true).Map(changed => (ILearner)changed);

    private static Outcome<object> Change(object at, string path, Func<Type, object?, Outcome<object?>> make, bool sets)
    {
        var (head, rest) = Split(path);
        return at switch
        {
            Pipeline pipeline when head == Preprocess => Step(pipeline.Transform, rest, make, sets)
                .Map<object>(transform => pipeline with { Transform = transform }),
            Pipeline pipeline => Change(pipeline.Learner, path, make, sets)
                .Map<object>(learner => pipeline with { Learner = (ILearner)learner }),
            Pruned pruned => Change(pruned.Learner, path, make, sets).Map<object>(learner => pruned with { Learner = (ILearner)learner }),
            // The calibration of a base does not stand in the path of its parameters.
            Stack { Name: Stack.Calibrated, Bases: [var only] } calibrated when !stackKeys.Contains(head) =>
                Change(only.Learner, path, make, sets)
                    .Map<object>(learner => calibrated with { Bases = [only with { Learner = (ILearner)learner }] }),
            Stack stack => OfStack(stack, head, rest, make, sets),
            _ => OfRecord(at, ((ISpec)at).Name, head, rest, make, sets),
        };
    }

    // In specs, the parameters of columns are keys of the stack.
    private static Outcome<object> OfStack(Stack stack, string head, string rest, Func<Type, object?, Outcome<object?>> make, bool sets) =>
        head switch
        {
            "stackMethod" or "dropFirstClass" => OfRecord(stack.StackColumns ?? new(), stack.Name, head, rest, make, sets)
                .Map<object>(columns => sets ? stack with { StackColumns = (StackColumns)columns } : stack),
            "folds" when rest.Length > 0 => OfRecord(stack.Plan, head, rest, "", make, sets)
                .Map<object>(plan => stack with { Plan = (FoldPlan)plan }),
            "folds" => make(typeof(FoldPlan), stack.Plan)
                .Map<object>(plan => sets ? stack with { Plan = (FoldPlan)plan! } : stack),
            _ when !stackKeys.Contains(head) => Unknown($"'{head}' is not a parameter of {stack.Name}", head, stackKeys, "Parameters"),
            _ => OfRecord(stack, stack.Name, head, rest, make, sets),
        };

    private static Outcome<object> OfRecord(
        object at, string name, string head, string rest, Func<Type, object?, Outcome<object?>> make, bool sets)
    {
        var parameters = Parameters(at.GetType());
        if (parameters.FirstOrDefault(one => NameOf(one) == head) is not { } property)
        {
            return Unknown($"'{head}' is not a parameter of {name}", head, parameters.Select(NameOf), "Parameters");
        }

        var changed = rest.Length == 0 ? make(property.PropertyType, property.GetValue(at)) : property.GetValue(at) switch
        {
            ILearner or ITransform => Change(property.GetValue(at)!, rest, make, sets).Map<object?>(inner => inner),
            EquatableArray<Base> bases => OfBases(bases, rest, make, sets).Map<object?>(inner => inner),
            null => Outcome.Fail<object?>("", $"{head} of {name} is not given, so it has no parameters", $"Give {head} a learner."),
            _ => Outcome.Fail<object?>("", $"{head} of {name} has no parameters", $"Remove '.{rest}'."),
        };
        return changed.Map(value => sets ? With(at, property, value) : at);
    }

    // A name may contain dots. The longest one that fits is meant.
    private static Outcome<EquatableArray<Base>> OfBases(EquatableArray<Base> bases, string path,
        Func<Type, object?, Outcome<object?>> make,
        bool sets)
    {
        var named = bases.Where(one => path == one.Name || path.StartsWith($"{one.Name}.", StringComparison.Ordinal))
            .MaxBy(one => one.Name.Length);
        if (named is null)
        {
            var (head, _) = Split(path);
            return Unknown($"no base is named '{head}'", head, bases.Select(one => one.Name), "Bases")
                .Map(_ => bases);
        }

        return (path == named.Name
            ? make(typeof(ILearner), named.Learner) : Change(named.Learner, path[(named.Name.Length + 1)..], make, sets)
            .Map<object?>(inner => inner))
            .Map(learner =>
                EquatableArray.From(bases.Select(one => one == named && sets ? one with { Learner = (ILearner)learner! } : one)));
    }

    private static Outcome<ITransform> Step(ITransform transform, string path, Func<Type, object?, Outcome<object?>> make, bool sets)
    {
        var (head, rest) = Split(path);
        var names = Steps(transform).Select(step => step.Name).ToArray();
        if (!names.Contains(head) || rest.Length == 0)
        {
            return rest.Length == 0 && names.Contains(head)
                ? Outcome.Fail<ITransform>("", $"'{head}' is a transform, not a parameter", $"Name a parameter: preprocess.{head}.NAME.")
                : Unknown($"no step before the learner is named '{head}'", head, names, "Steps").Map(_ => transform);
        }

        return In(transform);

        Outcome<ITransform> In(ITransform one) => one switch
        {
            Chain chain when Steps(chain.First).Any(step => step.Name == head) =>
                In(chain.First).Map<ITransform>(first => chain with { First = first }),
            Chain chain => In(chain.Second).Map<ITransform>(second => chain with { Second = second }),
            // A wrapper, such as one that applies a transform to some columns, has the name of what it wraps.
            _ when Parameters(one.GetType()).FirstOrDefault(p => p.PropertyType == typeof(ITransform)) is { } wrapped =>
                In((ITransform)wrapped.GetValue(one)!).Map(inner => sets ? (ITransform)With(one, wrapped, inner) : one),
            _ => Change(one, rest, make, sets).Map(changed => (ITransform)changed),
        };
    }

    private static IEnumerable<ITransform> Steps(ITransform transform) =>
        transform is Chain chain ? Steps(chain.First).Concat(Steps(chain.Second)) : [transform];

    private static (string Head, string Tail) Split(string path) =>
        path.IndexOf('.') is var dot and >= 0 ? (path[..dot], path[(dot + 1)..]) : (path, "");

    private static Outcome<object> Unknown(string what, string name, IEnumerable<string> known, string title) =>
        Outcome.Fail<object>("", what,
            $"{(NearestName.To(name, known) is { } near ? $"Did you mean '{near}'? " : "")}{title}: {string.Join(", ", known)}.");

    private static string NameOf(PropertyInfo property) => JsonNamingPolicy.CamelCase.ConvertName(property.Name);

    // The properties of a record's constructor.
    private static PropertyInfo[] Parameters(Type type)
    {
        var properties = type.GetProperties();
        return type.GetConstructors()
            .Select(constructor => constructor.GetParameters().Select(parameter => properties.FirstOrDefault(property =>
                property.PropertyType == parameter.ParameterType
                    && string.Equals(property.Name, parameter.Name, StringComparison.OrdinalIgnoreCase))).ToArray())
            .Where(found => !found.Contains(null)).MaxBy(found => found.Length) as PropertyInfo[] ?? [];
    }

    // What `with` does. A record of F# has no clone method, but all its fields are parameters.
    private static object With(object record, PropertyInfo property, object? value)
    {
        if (record.GetType().GetMethod("<Clone>$") is { } clone && property.CanWrite)
        {
            var copy = clone.Invoke(record, null)!;
            property.SetValue(copy, value);
            return copy;
        }

        var parameters = Parameters(record.GetType());
        return Activator.CreateInstance(record.GetType(), [.. parameters.Select(one => one == property ? value : one.GetValue(record))])!;
    }
}
