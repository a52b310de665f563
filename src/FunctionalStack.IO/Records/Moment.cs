namespace FunctionalStack.IO;

/// <summary>Points in time as seconds since the beginning of 1970: fractions of a microsecond are kept.</summary>
internal static class Moment
{
    /// <summary>As the clock showed it, whatever its kind: no time zone of this machine plays a part.</summary>
    public static double Seconds(DateTime moment) => (moment.Ticks - DateTime.UnixEpoch.Ticks) / (double)TimeSpan.TicksPerSecond;

    /// <summary>In universal time.</summary>
    public static double Seconds(DateTimeOffset moment) => Seconds(moment.UtcDateTime);

    /// <summary>At the beginning of the day.</summary>
    public static double Seconds(DateOnly day) => Seconds(day.ToDateTime(TimeOnly.MinValue));
}
