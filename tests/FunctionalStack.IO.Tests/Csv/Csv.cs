using System.Text;

namespace FunctionalStack.IO.Tests.Csv;

/// <summary>Short helpers for reading a CSV text.</summary>
internal static class Csv
{
    public static Outcome<Table> Table(string text) => IO.Table.Parse("train.csv", Encoding.UTF8.GetBytes(text));

    public static Outcome<Frame> Frame(string text, params string[] categorical) =>
        Table(text).Bind(table => table.Frame(EquatableArray.Of(categorical)));

    public static Failure Failure<T>(this Outcome<T> outcome) =>
        outcome.Match(value => throw new Xunit.Sdk.XunitException($"no failure but {value}"), failure => failure);
}
