using System.Linq.Expressions;
using System.Reflection;

namespace FunctionalStack;

/// <summary>The properties of a row that an expression reads.</summary>
internal static class Mentions
{
    public static IEnumerable<string> Of<T>(Expression<T> expression)
    {
        var visitor = new Visitor(expression.Parameters[0]);
        visitor.Visit(expression.Body);
        return visitor.Names;
    }

    private sealed class Visitor(ParameterExpression row) : ExpressionVisitor
    {
        public HashSet<string> Names { get; } = new(StringComparer.Ordinal);

        protected override Expression VisitMember(MemberExpression node)
        {
            if (node.Expression == row && node.Member is PropertyInfo property) Names.Add(property.Name);
            return base.VisitMember(node);
        }
    }
}
