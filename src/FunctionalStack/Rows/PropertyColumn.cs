using System.Linq.Expressions;
using System.Reflection;

namespace FunctionalStack;

/// <summary>How a property, or any expression over a row, is read as a column: numbers, words, or neither.</summary>
internal static class PropertyColumn
{
    /// <summary>The public properties of a row, in the order they were declared, base classes' first.</summary>
    public static IReadOnlyList<PropertyInfo> PropertiesOf<T>() =>
    [
        .. typeof(T).GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.CanRead && property.GetIndexParameters().Length == 0)
            .OrderBy(property => Depth(property.DeclaringType!)).ThenBy(property => property.MetadataToken),
    ];

    /// <summary>Null where the property is neither a number nor a word.</summary>
    public static Column? Read<T>(PropertyInfo property, IReadOnlyList<T> rows)
    {
        var row = Expression.Parameter(typeof(T), "row");
        var value = Expression.Property(row, property);
        if (NumberOf<T>(row, value) is { } number) return new Column.Numeric(Values.From(rows.Select(number)));
        if (WordOf<T>(row, value) is not { } word) return null;
        var words = rows.Select(word).Select(found => string.IsNullOrEmpty(found) ? null : found).ToArray();
        var levels = Levels(property.PropertyType, words);
        var codeOf = Codes(levels);
        return new Column.Categorical(levels, Values.From(words.Select(found => found is null ? -1 : codeOf[found])));
    }

    /// <summary>Classes for words and truth, values for numbers; null where the type is neither. Levels are those found.</summary>
    public static Outcome<Target>? ReadTarget<T, TTarget>(Expression<Func<T, TTarget>> target, IReadOnlyList<T> rows)
    {
        var row = target.Parameters[0];
        if (WordOf<T>(row, Truth(target.Body)) is { } word)
        {
            var words = rows.Select(word).ToArray();
            if (Array.FindIndex(words, string.IsNullOrEmpty) is var absent and >= 0) return Missing(absent);
            var found = words.ToHashSet();
            var levels = Values.From(Levels(typeof(TTarget), words).Where(found.Contains));
            var codeOf = Codes(levels);
            return Outcome.Ok<Target>(new Target.Classes(levels, Values.From(words.Select(w => codeOf[w!]))));
        }

        if (NumberOf<T>(row, target.Body) is not { } number) return null;
        var numbers = Values.From(rows.Select(number));
        return numbers.ToList().FindIndex(x => !double.IsFinite(x)) is var hole and >= 0
            ? Missing(hole)
            : Outcome.Ok<Target>(new Target.Values(numbers));

        static Outcome<Target> Missing(int row) => Outcome.Fail<Target>(
            $"row {row + 1}", "the target is missing or not finite", "Leave out the rows whose target is unknown.");
    }

    /// <summary>The properties of the row that <paramref name="expression"/> reads.</summary>
    public static IEnumerable<string> Mentions<T>(Expression<T> expression)
    {
        var mentions = new Mentioned(expression.Parameters[0]);
        mentions.Visit(expression.Body);
        return mentions.Names;
    }

    // The levels an enum declares, in its order, so that other rows of the same type have the same levels; then others.
    private static Values<string> Levels(Type type, IEnumerable<string?> words)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        var declared = type.IsEnum ? Enum.GetNames(type) : [];
        return [.. declared, .. words.OfType<string>().Except(declared).Order(StringComparer.Ordinal)];
    }

    private static Dictionary<string, int> Codes(Values<string> levels) =>
        levels.Select((level, code) => (level, code)).ToDictionary(pair => pair.level, pair => pair.code, StringComparer.Ordinal);

    private static Func<T, double>? NumberOf<T>(ParameterExpression row, Expression value) =>
        Number(value) is { } number ? Expression.Lambda<Func<T, double>>(number, row).Compile() : null;

    private static Func<T, string?>? WordOf<T>(ParameterExpression row, Expression value) =>
        Word(value) is { } word ? Expression.Lambda<Func<T, string?>>(word, row).Compile() : null;

    private static Expression? Number(Expression value) => value.Type switch
    {
        var type when Nullable.GetUnderlyingType(type) is not null => Number(Expression.Property(value, "Value")) is { } number
            ? Expression.Condition(Expression.Property(value, "HasValue"), number, Expression.Constant(double.NaN))
            : null,
        var type when type == typeof(bool) => Expression.Condition(value, Expression.Constant(1.0), Expression.Constant(0.0)),
        { IsEnum: false } type when Type.GetTypeCode(type) is >= TypeCode.SByte and <= TypeCode.Decimal => Expression.Convert(value, typeof(double)),
        _ => null,
    };

    private static Expression? Word(Expression value) => value.Type switch
    {
        var type when type == typeof(string) => value,
        var type when Nullable.GetUnderlyingType(type) is not null => Word(Expression.Property(value, "Value")) is { } word
            ? Expression.Condition(Expression.Property(value, "HasValue"), word, Expression.Constant(null, typeof(string)))
            : null,
        var type when type.IsEnum || type == typeof(char) => Expression.Call(value, type.IsEnum ? typeof(Enum).GetMethod("ToString", [])! : typeof(char).GetMethod("ToString", [])!),
        _ => null,
    };

    // As a feature, truth is 0 or 1; as a target, it is two classes.
    private static Expression Truth(Expression value)
    {
        var type = Nullable.GetUnderlyingType(value.Type);
        if ((type ?? value.Type) != typeof(bool)) return value;
        var truth = type is null ? value : Expression.Property(value, "Value");
        var word = Expression.Condition(truth, Expression.Constant(bool.TrueString), Expression.Constant(bool.FalseString));
        return type is null ? word : Expression.Condition(Expression.Property(value, "HasValue"), word, Expression.Constant(null, typeof(string)));
    }

    private static int Depth(Type type) => type.BaseType is { } parent ? 1 + Depth(parent) : 0;

    private sealed class Mentioned(ParameterExpression row) : ExpressionVisitor
    {
        public HashSet<string> Names { get; } = new(StringComparer.Ordinal);

        protected override Expression VisitMember(MemberExpression node)
        {
            if (node.Expression == row && node.Member is PropertyInfo property) Names.Add(property.Name);
            return base.VisitMember(node);
        }
    }
}
