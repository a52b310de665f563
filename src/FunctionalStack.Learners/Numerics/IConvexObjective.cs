namespace FunctionalStack.Learners;

/// <summary>A convex function, which the minimizers of this folder minimize.</summary>
internal interface IConvexObjective
{
    int Size { get; }

    /// <summary>The summed weight of the rows: the unit of the function's values.</summary>
    double TotalWeight { get; }

    /// <summary>The value at <paramref name="at"/>. Overwrites <paramref name="gradient"/>.</summary>
    double Evaluate(double[] at, double[] gradient);
}

/// <summary>
/// A convex function with a Hessian. Its variables are concatenated vectors; the last variable of each is a constant.
/// </summary>
internal interface ICurvedObjective : IConvexObjective
{
    int Vectors { get; }

    /// <summary>The number of variables of a vector.</summary>
    int Columns { get; }

    /// <summary>
    /// Overwrites the lower triangle of <paramref name="hessian"/>, Size x Size, with the second derivatives at
    /// <paramref name="at"/>.
    /// </summary>
    void Curvature(double[] at, double[] hessian);
}
