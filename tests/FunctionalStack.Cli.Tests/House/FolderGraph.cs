using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace FunctionalStack.Cli.Tests.House;

/// <summary>Which source folders of an assembly use types of which others: read from its code and its symbols.</summary>
internal static class FolderGraph
{
    private const BindingFlags Own =
        BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    // Types without code name their file here (portable PDB, "type definition documents").
    private static readonly Guid typeDocuments = new("932E74BC-DBA9-4478-8D46-0F32A7BAB3D3");

    private static readonly Dictionary<short, OperandType> operands = typeof(OpCodes).GetFields()
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => code.Value, code => code.OperandType);

    /// <summary>Each use of a type in another folder; files beside the project file take no part.</summary>
    public static IReadOnlyList<(string From, string To, string Type, string Used)> Of(Assembly assembly)
    {
        var folders = Folders(assembly);
        return
        [
            .. from type in assembly.GetTypes()
               let at = folders.GetValueOrDefault(Outermost(type))
               where at is not null
               from used in Used(type).SelectMany(Parts).Select(Outermost).Where(one => one.Assembly == assembly).Distinct()
               let to = folders.GetValueOrDefault(used)
               where to is not null && to != at
               select (at, to, Outermost(type).Name, used.Name),
        ];
    }

    /// <summary>Folders that use one another, directly or through others, with what they use.</summary>
    public static IEnumerable<string> Cycles(IReadOnlyList<(string From, string To, string Type, string Used)> uses)
    {
        var reached = uses.GroupBy(use => use.From).ToDictionary(same => same.Key, same => same.Select(use => use.To).ToHashSet());
        for (var grown = true; grown;)
        {
            grown = false;
            foreach (var to in reached.Values)
            {
                foreach (var next in to.SelectMany(one => reached.GetValueOrDefault(one, [])).ToArray()) grown |= to.Add(next);
            }
        }

        return uses.Where(use => reached.GetValueOrDefault(use.To, []).Contains(use.From))
            .Select(use => $"{use.From}/{use.Type} uses {use.To}/{use.Used}").Distinct();
    }

    private static Type Outermost(Type type) =>
        type.DeclaringType is { } outer ? Outermost(outer) : type.IsConstructedGenericType ? type.GetGenericTypeDefinition() : type;

    /// <summary>A type taken apart: of an array or a generic type also its elements and arguments, at any depth.</summary>
    public static IEnumerable<Type> Parts(Type type) => type.HasElementType ? Parts(type.GetElementType()!)
        : type.IsGenericParameter ? [] : [type, .. type.GetGenericArguments().SelectMany(Parts)];

    private static IEnumerable<Type> Used(Type type) =>
    [
        .. type.BaseType is { } parent ? [parent] : Type.EmptyTypes,
        .. type.GetInterfaces(),
        .. type.GetFields(Own).Select(field => field.FieldType),
        .. type.GetMethods(Own).SelectMany(method => Signature(method).Append(method.ReturnType)),
        .. type.GetConstructors(Own).SelectMany(Signature),
        .. type.GetMethods(Own).Cast<MethodBase>().Concat(type.GetConstructors(Own)).SelectMany(Body),
    ];

    private static IEnumerable<Type> Signature(MethodBase method) => method.GetParameters().Select(parameter => parameter.ParameterType);

    private static IEnumerable<Type> Body(MethodBase method)
    {
        if (method.GetMethodBody() is not { } body) return [];
        var found = new List<Type>(body.LocalVariables.Select(local => local.LocalType));
        var (code, at) = (body.GetILAsByteArray()!, 0);
        while (at < code.Length)
        {
            var value = code[at++] is var first and not 0xFE ? first : unchecked((short)(0xFE00 | code[at++]));
            var operand = operands[value];
            if (operand is OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineType or OperandType.InlineTok)
            {
                var member =
                    method.Module.ResolveMember(BitConverter.ToInt32(code, at), method.DeclaringType?.GetGenericArguments(),
                        method.IsGenericMethod ? method.GetGenericArguments() : null);
                if ((member as Type ?? member?.DeclaringType) is { } used) found.Add(used);
                if (member is MethodInfo { IsGenericMethod: true } generic) found.AddRange(generic.GetGenericArguments());
            }

            at += operand switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + 4 * BitConverter.ToInt32(code, at),
                _ => 4,
            };
        }

        return found;
    }

    private static Dictionary<Type, string> Folders(Assembly assembly)
    {
        using var provider = MetadataReaderProvider.FromPortablePdbStream(File.OpenRead(Path.ChangeExtension(assembly.Location, ".pdb")));
        var symbols = provider.GetMetadataReader();
        var folders = new Dictionary<Type, string>();
        foreach (var type in assembly.GetTypes())
        {
            foreach (var method in type.GetMethods(Own).Cast<MethodBase>().Concat(type.GetConstructors(Own)))
            {
                var document =
                    symbols.GetMethodDebugInformation((MethodDefinitionHandle)MetadataTokens.EntityHandle(method.MetadataToken)).Document;
                if (!document.IsNil) Add(type, document);
            }

            foreach (var handle in symbols.GetCustomDebugInformation(MetadataTokens.EntityHandle(type.MetadataToken)))
            {
                var information = symbols.GetCustomDebugInformation(handle);
                if (symbols.GetGuid(information.Kind) == typeDocuments)
                    Add(type, MetadataTokens.DocumentHandle(symbols.GetBlobReader(information.Value).ReadCompressedInteger()));
            }
        }

        return folders;

        void Add(Type type, DocumentHandle document)
        {
            // .../src/FunctionalStack.Core/Data/Frame.cs
            var parts = symbols.GetString(symbols.GetDocument(document).Name).Replace('\\', '/').Split('/');
            var project = Array.FindLastIndex(parts, part => part.StartsWith("FunctionalStack", StringComparison.Ordinal));
            if (project >= 0 && project < parts.Length - 2 && parts[project + 1] != "obj")
                folders.TryAdd(Outermost(type), parts[project + 1]);
        }
    }
}
