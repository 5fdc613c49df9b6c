using DistNet.Hosting;

namespace DistNet.Cluster.Tests;

public sealed class FeedTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);
    private static readonly RunDescription Description = new("some", "4-3", 15, "iris", 120, 30, "bsp", 2, 1, 2, 3, 36, 0);

    [Fact]
    public async Task A_follower_who_comes_late_is_told_everything_from_the_beginning()
    {
        var feed = new RunFeed();
        Play(feed, "n1", 1, "n2", 2);
        feed.Done(Result());
        var told = new ToldProgress();

        var result = await ReadAllAsync(feed, new FeedReader(told));

        told.Lines.ShouldBe(["started some", "notice n1", "epoch 1", "notice n2", "epoch 2"]);
        result.ShouldNotBeNull().WeightsSha256.ShouldBe("abc");
        result.LossHistory.ShouldBe([2, 1]);
        result.TestLossHistory.ShouldBe([0.5]);
        result.TestAccuracyHistory.ShouldBe([0.25]);
    }

    [Fact]
    public async Task A_follower_hears_of_news_as_they_come()
    {
        var feed = new RunFeed();
        var told = new ToldProgress();
        var following = ReadAllAsync(feed, new FeedReader(told));

        Play(feed, "n1", 1);
        await told.UntilAsync("epoch 1").WaitAsync(Deadline);
        following.IsCompleted.ShouldBeFalse();
        feed.Done(Result());

        (await following.WaitAsync(Deadline)).ShouldNotBeNull();
    }

    /// <summary>It would wait for ever otherwise, where the run goes on elsewhere.</summary>
    [Fact]
    public async Task A_follower_is_let_go_of_when_the_run_goes_on_elsewhere()
    {
        var feed = new RunFeed();
        var told = new ToldProgress();
        var following = ReadAllAsync(feed, new FeedReader(told));
        Play(feed, "n1", 1);
        await told.UntilAsync("epoch 1").WaitAsync(Deadline);

        feed.Close();

        (await following.WaitAsync(Deadline)).ShouldBeNull();
    }

    [Fact]
    public async Task Not_every_step_is_told_but_the_last_one_is()
    {
        var feed = new RunFeed();
        for (var version = 1; version <= 1000; version++)
        {
            feed.Step(new StepReport(version, 1000, version, 1000, 0.5));
        }

        feed.Done(Result());
        var told = new ToldProgress();

        await ReadAllAsync(feed, new FeedReader(told));

        told.Lines.ShouldBe(["step 1000"]);
    }

    [Fact]
    public async Task Whoever_comes_back_is_told_nothing_twice()
    {
        var feed = new RunFeed();
        var told = new ToldProgress();
        var reader = new FeedReader(told);
        Play(feed, "n1", 1, "same", "same");
        await ReadAsync(feed, reader, lines: 5);

        Play(feed, "same", 2);
        feed.Done(Result());
        await ReadAllAsync(feed, reader);

        told.Lines.ShouldBe(["started some", "notice n1", "epoch 1", "notice same", "notice same", "notice same", "epoch 2"]);
    }

    [Fact]
    public async Task Of_a_new_feed_notices_are_told_and_epochs_that_are_done_again_are_not()
    {
        var told = new ToldProgress();
        var reader = new FeedReader(told);
        var before = new RunFeed();
        Play(before, "n1", "n2", 1, 2);
        await ReadAsync(before, reader, lines: 5);
        var after = new RunFeed();
        Play(after, "n3", 2, 3);
        after.Done(Result());

        await ReadAllAsync(after, reader);

        told.Lines.ShouldBe(["started some", "notice n1", "notice n2", "epoch 1", "epoch 2", "notice n3", "epoch 3"]);
    }

    [Theory]
    [InlineData(false, typeof(TrainingFailedException))]
    [InlineData(true, typeof(ClusterGaveUpException))]
    public async Task A_run_that_failed_says_why(bool gaveUp, Type expected)
    {
        var feed = new RunFeed();
        feed.Failed("the reason", gaveUp);

        var thrown = await Should.ThrowAsync(() => ReadAllAsync(feed, new FeedReader(new ToldProgress())), expected);

        thrown.Message.ShouldBe("the reason");
    }

    [Fact]
    public async Task Figures_that_are_no_numbers_travel_too()
    {
        var feed = new RunFeed();
        feed.Done(Result() with { TrainLoss = double.NaN });

        (await ReadAllAsync(feed, new FeedReader(new ToldProgress()))).ShouldNotBeNull().TrainLoss.ShouldBe(double.NaN);
    }

    /// <summary>A number is the end of that epoch, a text a notice.</summary>
    private static void Play(RunFeed feed, params object[] events)
    {
        feed.Started(Description);
        foreach (var it in events)
        {
            if (it is int epoch)
            {
                feed.Epoch(new EpochReport(epoch, 3, 12 * epoch, 1, null, null, 100, []));
            }
            else
            {
                feed.Notice((string)it);
            }
        }
    }

    private static TrainingResult Result() => new()
    {
        Run = "some",
        Mode = "bsp",
        Workers = 2,
        Servers = 1,
        Lanes = 2,
        Epochs = 2,
        Steps = 24,
        Samples = 240,
        Seconds = 1,
        SamplesPerSecond = 240,
        TrainLoss = 1,
        TestLoss = 0.5,
        TestAccuracy = 0.25,
        WeightsSha256 = "abc",
        Parameters = 15,
        StalenessMean = 0,
        Ledger = new LedgerReport(240, 240, 0, 0, 0, 0),
        LossHistory = [2, 1],
        Stopped = false,
        TestLossHistory = [0.5],
        TestAccuracyHistory = [0.25],
    };

    private static async Task<TrainingResult?> ReadAllAsync(RunFeed feed, FeedReader reader)
    {
        await foreach (var line in feed.FollowAsync(default))
        {
            if (reader.Read(line) is { } result)
            {
                return result;
            }
        }

        return null;
    }

    /// <summary>Loses the connection after so many lines, the first of which names the feed.</summary>
    private static async Task ReadAsync(RunFeed feed, FeedReader reader, int lines)
    {
        await foreach (var line in feed.FollowAsync(default))
        {
            reader.Read(line);
            if (lines-- == 0)
            {
                return;
            }
        }
    }
}
