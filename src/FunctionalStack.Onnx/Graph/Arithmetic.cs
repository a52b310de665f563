namespace FunctionalStack.Onnx;

/// <summary>Elementwise operations, with broadcasting. All compute in double precision.</summary>
internal static class Arithmetic
{
    public static Edge Abs(this Edge x) => One("Abs", x);

    public static Edge Exp(this Edge x) => One("Exp", x);

    public static Edge Log(this Edge x) => One("Log", x);

    public static Edge Sqrt(this Edge x) => One("Sqrt", x);

    public static Edge Sign(this Edge x) => One("Sign", x);

    public static Edge Negated(this Edge x) => One("Neg", x);

    public static Edge Pow(this Edge x, Edge exponent) => Two("Pow", x, exponent);

    /// <summary>1 / (1 + exp(-x)). The operator Sigmoid is off by up to a thousandth for large negative doubles.</summary>
    public static Edge Logistic(this Edge x) => (Edge)1.0 / (1.0 + x.Negated().Exp());

    public static Edge Clip(this Edge x, double least, double most) => new Operation("Clip", [x, least, most])[0];

    public static Edge AtLeast(this Edge x, Edge least) => Two("Max", x, least);

    public static Edge AtMost(this Edge x, Edge most) => Two("Min", x, most);

    /// <summary>The sum, from the first to the last.</summary>
    public static Edge Sum(IReadOnlyList<Edge> all) => all.Count == 1 ? all[0] : new Operation("Sum", [.. all])[0];

    public static Edge IsNaN(this Edge x) => One("IsNaN", x);

    public static Edge IsAbove(this Edge x, Edge y) => Two("Greater", x, y);

    public static Edge IsAtLeast(this Edge x, Edge y) => Two("GreaterOrEqual", x, y);

    public static Edge IsBelow(this Edge x, Edge y) => Two("Less", x, y);

    public static Edge IsAtMost(this Edge x, Edge y) => Two("LessOrEqual", x, y);

    public static Edge Is(this Edge x, Edge y) => Two("Equal", x, y);

    public static Edge And(this Edge x, Edge y) => Two("And", x, y);

    public static Edge Not(this Edge x) => One("Not", x);

    /// <summary>The one where the condition holds, the other elsewhere.</summary>
    public static Edge Choose(this Edge condition, Edge then, Edge otherwise) => new Operation("Where", [condition, then, otherwise])[0];

    public static Edge Cast(this Edge x, ElementType type) => new Operation("Cast", [x], NodeAttribute.Of("to", (long)type))[0];

    /// <summary>1 where the condition holds, 0 elsewhere.</summary>
    public static Edge AsNumber(this Edge condition) => condition.Cast(ElementType.Double);

    private static Edge One(string type, Edge x) => new Operation(type, [x])[0];

    private static Edge Two(string type, Edge x, Edge y) => new Operation(type, [x, y])[0];
}
