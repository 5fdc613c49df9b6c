namespace DistNet.Actors.Tests;

public sealed class LateLimitTests
{
    private readonly LateLimit _limit = new();

    [Fact]
    public void Nothing_is_late_before_a_second()
    {
        _limit.Current.ShouldBe(TimeSpan.FromSeconds(1));
        Add(0.001, 0.002, 0.003);
        _limit.Current.ShouldBe(TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void Beyond_that_it_is_the_median_and_eight_times_the_median_deviation()
    {
        Add(5, 9, 4);
        _limit.Current.ShouldBe(TimeSpan.FromSeconds(5 + 8));
        Add(7);
        _limit.Current.ShouldBe(TimeSpan.FromSeconds(6 + (8 * 1.5)));
    }

    [Fact]
    public void A_few_times_that_are_far_off_change_little()
    {
        for (var i = 0; i < 20; i++)
        {
            Add(3, 3.1, 2.9);
        }

        Add(1000, 1000, 1000, 1000);
        _limit.Current.TotalSeconds.ShouldBeInRange(3, 4);
    }

    [Fact]
    public void Only_the_last_times_count()
    {
        for (var i = 0; i < 1000; i++)
        {
            Add(50 + (i % 7));
        }

        Add([.. Enumerable.Repeat(2.0, LateLimit.Window)]);
        _limit.Current.ShouldBe(TimeSpan.FromSeconds(2));
    }

    private void Add(params double[] seconds)
    {
        foreach (var time in seconds)
        {
            _limit.Add(TimeSpan.FromSeconds(time));
        }
    }
}
