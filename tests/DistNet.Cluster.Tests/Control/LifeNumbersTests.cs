namespace DistNet.Cluster.Tests;

public sealed class LifeNumbersTests
{
    private readonly SettableTime _time = new();

    [Fact]
    public void They_begin_at_the_time_of_day_and_rise_although_the_clock_stands_or_goes_back()
    {
        var lives = new LifeNumbers(_time);

        var first = lives.Next();
        var second = lives.Next();
        _time.Now -= TimeSpan.FromHours(1);
        var third = lives.Next();

        first.ShouldBe(_time.Now.AddHours(1).ToUnixTimeMilliseconds());
        new[] { second, third }.ShouldBe([first + 1, first + 2]);
    }

    [Fact]
    public void A_coordinator_that_lost_its_disk_gives_higher_ones_than_before()
    {
        var before = new LifeNumbers(_time).Next();
        _time.Now += TimeSpan.FromMilliseconds(1);

        new LifeNumbers(_time).Next().ShouldBeGreaterThan(before);
    }

    [Fact]
    public void A_number_that_was_seen_is_taken_and_so_are_those_below()
    {
        var lives = new LifeNumbers(_time);
        var far = lives.Next() + 1_000_000;

        lives.Saw(far);
        lives.Saw(far - 10);

        lives.Next().ShouldBe(far + 1);
    }
}
