namespace FunctionalStack.Neural.Host;

/// <summary>A constant for the JIT: a kernel with a struct type argument of this interface is compiled for that constant.</summary>
internal interface IConstant
{
    static abstract int Value { get; }
}

internal readonly struct Of1 : IConstant { public static int Value => 1; }
internal readonly struct Of2 : IConstant { public static int Value => 2; }
internal readonly struct Of3 : IConstant { public static int Value => 3; }
internal readonly struct Of4 : IConstant { public static int Value => 4; }
internal readonly struct Of5 : IConstant { public static int Value => 5; }
internal readonly struct Of6 : IConstant { public static int Value => 6; }
internal readonly struct Of7 : IConstant { public static int Value => 7; }
internal readonly struct Of8 : IConstant { public static int Value => 8; }
internal readonly struct Of9 : IConstant { public static int Value => 9; }
internal readonly struct Of10 : IConstant { public static int Value => 10; }
internal readonly struct Of11 : IConstant { public static int Value => 11; }
internal readonly struct Of12 : IConstant { public static int Value => 12; }
internal readonly struct Of13 : IConstant { public static int Value => 13; }
internal readonly struct Of14 : IConstant { public static int Value => 14; }
