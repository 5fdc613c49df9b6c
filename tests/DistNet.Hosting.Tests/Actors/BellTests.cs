namespace DistNet.Hosting.Tests;

public sealed class BellTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task What_rang_while_nobody_waited_is_heard_once()
    {
        var bell = new Bell();
        bell.Ring();
        bell.Ring();

        await Task.Run(() => bell.Wait(Timeout.InfiniteTimeSpan)).WaitAsync(Deadline);
        var again = Task.Run(() => bell.Wait(Timeout.InfiniteTimeSpan));
        again.IsCompleted.ShouldBeFalse();
        bell.Ring();
        await again.WaitAsync(Deadline);
    }

    [Fact]
    public Task A_wait_has_its_limit() => Task.Run(() => new Bell().Wait(TimeSpan.FromMilliseconds(1))).WaitAsync(Deadline);
}
