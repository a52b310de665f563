using FsCheck.Xunit;
using Xunit;

namespace FunctionalStack.Neural.Tests.Optimizing;

public class ScheduleTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(1.99, 1)]
    [InlineData(2, 0.1)]
    [InlineData(4, 0.01)]
    public void Steps_are_multiplied(double epoch, double factor) => Assert.Equal(factor, new Schedule.Step(2).Factor(epoch), 1e-12);

    /// <summary>As in the trainer: epoch + step / steps, each rounded. A drop must come at its step, not one later.</summary>
    [Property]
    public void Steps_at_fractions_of_an_epoch_come_at_their_steps(byte steps, byte every, byte at)
    {
        var (an, drops, step) = (1 + steps % 100, 1 + every % 200, (int)at);
        var epoch = step / an + (double)(step % an) / an;
        Assert.Equal(Math.Pow(0.5, step / drops), new Schedule.Step((double)drops / an, 0.5).Factor(epoch), 1e-12);
        Assert.Equal((1 + Math.Cos(Math.PI * (step % drops) / drops)) / 2,
            new Schedule.CosineWarmRestarts((double)drops / an).Factor(epoch), 1e-6);
    }

    [Fact]
    public void Growing_periods_restart_at_their_steps()
    {
        var schedule = new Schedule.CosineWarmRestarts(0.1, 2);
        foreach (var tenths in new[] { 1, 3, 7, 15, 31, 63 }) Assert.Equal(1, schedule.Factor(tenths / 10 + tenths % 10 / 10.0), 1e-6);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(2.5, 0.2 + 0.8 * 0.85355339059327378)]
    [InlineData(5, 0.6)]
    [InlineData(10, 0.2)]
    [InlineData(17, 0.2)]
    public void A_cosine_falls_and_stays(double epoch, double factor) =>
        Assert.Equal(factor, new Schedule.Cosine(10, 0.2).Factor(epoch), 1e-12);

    // Periods 10, 20, 40: restarts at 10, 30, 70.
    [Theory]
    [InlineData(0, 1)]
    [InlineData(5, 0.5)]
    [InlineData(10, 1)]
    [InlineData(20, 0.5)]
    [InlineData(30, 1)]
    [InlineData(50, 0.5)]
    [InlineData(70, 1)]
    public void Warm_restarts_begin_again_after_ever_longer_periods(double epoch, double factor) =>
        Assert.Equal(factor, new Schedule.CosineWarmRestarts(10, 2).Factor(epoch), 1e-12);

    [Property]
    public void Restarts_of_one_length_repeat(byte at, byte times) =>
        Assert.Equal(new Schedule.CosineWarmRestarts(8, 1, 0.1).Factor(at / 32.0),
            new Schedule.CosineWarmRestarts(8, 1, 0.1).Factor(at / 32.0 + 8 * times), 1e-12);

    [Property]
    public void Every_factor_lies_between_floor_and_1(byte at, byte period, byte growth, byte floor)
    {
        var (epoch, least) = (at / 4.0, floor / 255.0);
        foreach (Schedule schedule in new Schedule[] { new Schedule.Constant(), new Schedule.Cosine(period / 8.0 + 1, least),
            new Schedule.CosineWarmRestarts(period / 8.0 + 1, 1 + growth / 100.0, least) })
        {
            Assert.InRange(schedule.Factor(epoch), least - 1e-12, 1 + 1e-12);
        }
    }
}
