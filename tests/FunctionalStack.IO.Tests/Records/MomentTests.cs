using FsCheck.Xunit;
using Xunit;

namespace FunctionalStack.IO.Tests.Records;

public class MomentTests
{
    [Property]
    public void Later_is_more(DateTime first, DateTime second) =>
        Assert.Equal(Math.Sign((second - first).Ticks / 10), Math.Sign(Math.Round(1e6 * (Moment.Seconds(second) - Moment.Seconds(first)))));

    [Fact]
    public void Seconds_count_from_1970_and_the_clock_is_taken_as_it_shows()
    {
        var day = new DateTime(1970, 1, 2, 0, 0, 0, 500);
        Assert.Equal(86_400.5, Moment.Seconds(day));
        Assert.Equal(86_400.5, Moment.Seconds(DateTime.SpecifyKind(day, DateTimeKind.Local)));
        Assert.Equal(86_400.5 - 3_600, Moment.Seconds(new DateTimeOffset(day, TimeSpan.FromHours(1))));
        Assert.Equal(86_400, Moment.Seconds(new DateOnly(1970, 1, 2)));
    }
}
