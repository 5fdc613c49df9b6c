using DistNet.Protocol;

namespace DistNet.Hosting.Tests;

public sealed class EpochQueueTests
{
    private readonly List<(int Epoch, double? TestLoss)> _told = [];
    private readonly EpochQueue _queue;

    public EpochQueueTests() => _queue = new EpochQueue(report => _told.Add((report.Epoch, report.TestLoss)));

    [Fact]
    public void Epochs_that_end_during_an_evaluation_keep_their_own_scores()
    {
        End(1, awaitsScore: true);
        End(2, awaitsScore: true);
        _told.ShouldBeEmpty();

        Score(1);
        _told.ShouldBe([(1, 0.1)]);
        Score(2);
        _told.ShouldBe([(1, 0.1), (2, 0.2)]);
    }

    [Fact]
    public void An_epoch_without_evaluation_is_told_at_once_but_not_before_the_one_it_follows()
    {
        End(1, awaitsScore: false);
        End(2, awaitsScore: true);
        End(3, awaitsScore: false);
        _told.ShouldBe([(1, null)]);

        Score(2);
        _told.ShouldBe([(1, null), (2, 0.2), (3, null)]);
    }

    [Fact]
    public void A_lost_score_is_no_longer_waited_for_when_a_later_one_comes_or_the_run_ends()
    {
        End(1, awaitsScore: true);
        End(2, awaitsScore: true);
        End(3, awaitsScore: true);

        Score(2);
        _told.ShouldBe([(1, null), (2, 0.2)]);
        _queue.Flush();
        _told.ShouldBe([(1, null), (2, 0.2), (3, null)]);
    }

    [Fact]
    public void After_a_recovery_epochs_that_end_again_have_their_new_scores()
    {
        End(2, awaitsScore: true);
        End(1, awaitsScore: true);
        _told.ShouldBe([(2, null)]);

        Score(1);
        End(2, awaitsScore: true);
        Score(2);
        _told.ShouldBe([(2, null), (1, 0.1), (2, 0.2)]);
    }

    private void End(int epoch, bool awaitsScore) => _queue.Add(new EpochReport(epoch, 3, epoch, 1, null, null, 1000, []), awaitsScore);

    private void Score(int epoch) => _queue.Score(new Scored(epoch, epoch, epoch / 10.0, 0.5));
}
