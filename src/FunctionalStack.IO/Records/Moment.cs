namespace FunctionalStack.IO;

/// <summary>Times as seconds since the beginning of 1970, including fractions of a microsecond.</summary>
internal static class Moment
{
    /// <summary>The time as given, for any <see cref="DateTimeKind"/>: the machine's time zone has no effect.</summary>
    public static double Seconds(DateTime moment) => (moment.Ticks - DateTime.UnixEpoch.Ticks) / (double)TimeSpan.TicksPerSecond;

    /// <summary>The time in UTC.</summary>
    public static double Seconds(DateTimeOffset moment) => Seconds(moment.UtcDateTime);

    /// <summary>The beginning of the day.</summary>
    public static double Seconds(DateOnly day) => Seconds(day.ToDateTime(TimeOnly.MinValue));
}
