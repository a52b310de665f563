using Microsoft.AspNetCore.Http;

namespace FunctionalStack.Serving;

/// <summary>Thrown while a request is read, to be answered with a problem. It never leaves this assembly.</summary>
internal sealed class Refused(int status, string detail) : Exception(detail)
{
    public int Status => status;

    /// <summary>The row of the request, from 1; null if the problem is not in a row.</summary>
    public int? Row { get; init; }

    /// <summary>The column; null if the problem is not in a column.</summary>
    public string? Column { get; init; }

    /// <summary>After how many seconds to try again.</summary>
    public int? RetryAfter { get; init; }

    /// <summary>A row that the model cannot read.</summary>
    public static Refused Cell(int row, string column, string what) => new(StatusCodes.Status422UnprocessableEntity,
        $"row {row + 1}, column '{Shortened(column)}': {what}")
    { Row = row + 1, Column = Shortened(column) };

    /// <summary>A body that is not what a request looks like.</summary>
    public static Refused Form(string what) => new(StatusCodes.Status400BadRequest, what);

    /// <summary>The failure of a prediction.</summary>
    public static Refused Of(Failure failure) => new(StatusCodes.Status422UnprocessableEntity, failure.ToString());

    /// <summary>Text of a request, shortened for a message and without control characters.</summary>
    public static string Shortened(string text)
    {
        const int most = 40;
        var kept = text.Length <= most ? text : $"{text[..(char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)]}...";
        return string.Concat(kept.Select(one => char.IsControl(one) ? ' ' : one));
    }
}
