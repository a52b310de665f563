using System.Linq.Expressions;
using System.Runtime.CompilerServices;

namespace FunctionalStack.IO;

/// <summary>Creates a <see cref="Reading{T}"/> for an expression, depending on its type.</summary>
internal static class Readings
{
    private static readonly Expression Missing = Expression.Constant(double.NaN);
    private static readonly Expression NoString = Expression.Constant(null, typeof(string));

    /// <summary>The reading of the values themselves; null if their type is neither a number, a category nor a time.</summary>
    public static Reading<T>? Of<T>(RecordTypes types)
    {
        var value = Expression.Parameter(typeof(T), "value");
        return Of<T>(types, value, value);
    }

    /// <summary>The reading of <paramref name="value"/>, an expression over <paramref name="row"/>.</summary>
    public static Reading<T>? Of<T>(RecordTypes types, ParameterExpression row, Expression value)
    {
        var type = Innermost(types, value.Type);
        if (type == typeof(bool)) return new Reading<T>.Booleans(Compile<T, double>(row, Lowered(types, value, Missing, Truth)));
        if (type == typeof(object)) return new Reading<T>.Objects(Compile<T, object?>(row, Expression.Convert(value, typeof(object))));
        if (IsMoment(type)) return new Reading<T>.Moments(Compile<T, double>(row, Lowered(types, value, Missing, Seconds)));
        if (IsNumber(type)) return new Reading<T>.Numbers(Compile<T, double>(row, Lowered(types, value, Missing, Number)));
        return Declared(types, type) is { } declared
            ? new Reading<T>.Strings(declared, Compile<T, string?>(row, Lowered(types, value, NoString, inner => Category(types, inner))))
            : null;
    }

    private static Func<T, TValue> Compile<T, TValue>(ParameterExpression row, Expression body) =>
        Expression.Lambda<Func<T, TValue>>(body, row).Compile();

    // The type inside any number of optional types.
    private static Type Innermost(RecordTypes types, Type type) =>
        types.Optional(Expression.Default(type)) is { } optional ? Innermost(types, optional.Value.Type) : type;

    private static Expression Lowered(RecordTypes types, Expression value, Expression missing, Func<Expression, Expression> lower) =>
        types.Optional(value) is { } optional
            ? Expression.Condition(optional.HasValue, Lowered(types, optional.Value, missing, lower), missing)
            : lower(value);

    /// <summary>Whether values of a type are numbers; enums are categories.</summary>
    public static bool IsNumber(Type type) => !type.IsEnum && Type.GetTypeCode(type) is >= TypeCode.SByte and <= TypeCode.Decimal;

    private static bool IsMoment(Type type) => type == typeof(DateTime) || type == typeof(DateTimeOffset) || type == typeof(DateOnly);

    // Empty if the type declares no levels, null if its values are not categories.
    private static EquatableArray<string>? Declared(RecordTypes types, Type type) =>
        type == typeof(string) || type == typeof(char) ? default(EquatableArray<string>)
        : type.IsEnum ? EquatableArray.Own(Enum.GetNames(type))
        : types.Case(Expression.Default(type))?.Names;

    private static Expression Truth(Expression value) => Expression.Condition(value, Expression.Constant(1.0), Expression.Constant(0.0));

    private static Expression Number(Expression value) => Expression.Convert(value, typeof(double));

    private static Expression Seconds(Expression value) =>
        Expression.Call(typeof(Moment), nameof(Moment.Seconds), null, value);

    private static Expression Category(RecordTypes types, Expression value) =>
        value.Type == typeof(string) ? value
        : types.Case(value) is { } named ? Expression.ArrayIndex(Expression.Constant(named.Names.ToArray()), named.Index)
        : value.Type.IsEnum ? NameOf(value)
        : Expression.Call(value, value.Type.GetMethod(nameof(ToString), [])!);

    // Without boxing, where code can be generated for the enum: not in programs compiled by Native AOT.
    private static Expression NameOf(Expression value) => RuntimeFeature.IsDynamicCodeSupported
        ? Expression.Call(typeof(Readings), nameof(NameOf), [value.Type], value)
        : Expression.Call(Expression.Convert(value, typeof(object)), typeof(object).GetMethod(nameof(ToString))!);

    private static string NameOf<TEnum>(TEnum value) where TEnum : struct, Enum => Enum.GetName(value) ?? value.ToString();
}
