namespace FunctionalStack.Learners;

/// <summary>A convex function of so many variables, which the minimizers of this folder make least.</summary>
internal interface IConvexObjective
{
    int Size { get; }

    /// <summary>The summed weight of the rows: the unit in which values are measured.</summary>
    double TotalWeight { get; }

    /// <summary>The value at <paramref name="at"/>; <paramref name="gradient"/> is overwritten.</summary>
    double Evaluate(double[] at, double[] gradient);
}

/// <summary>
/// One whose second derivatives are at hand: vectors of variables, one after another, the last variable of each a constant.
/// </summary>
internal interface ICurvedObjective : IConvexObjective
{
    int Vectors { get; }

    /// <summary>Variables of a vector.</summary>
    int Columns { get; }

    /// <summary>
    /// Overwrites the lower triangle of <paramref name="hessian"/>, Size x Size, by the second derivatives at
    /// <paramref name="at"/>.
    /// </summary>
    void Curvature(double[] at, double[] hessian);
}
