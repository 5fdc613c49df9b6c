using DistNet.Hosting;

namespace DistNet.Library.Tests;

public sealed class TrainerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 2)]
    public async Task A_run_in_memory_ends_in_the_bits_of_the_command(int workers, int servers)
    {
        var command = await Iris.AsTheCommandDoes(Iris.Options with { Workers = 2 }, _folder.File("command"));

        var trained = await Trainer.TrainAsync(Iris.Options with { Workers = workers, Servers = servers });

        trained.Result.WeightsSha256.ShouldBe(command.WeightsSha256);
        trained.Network.WeightsSha256.ShouldBe(command.WeightsSha256);
        trained.Result.LossHistory.ShouldBe(command.LossHistory);
        trained.Result.TestLossHistory.ShouldBe(command.TestLossHistory);
        trained.Folder.ShouldBeNull();
    }

    [Fact]
    public async Task Samples_from_arrays_train_as_the_same_samples_by_name()
    {
        var command = await Iris.AsTheCommandDoes(Iris.Options, _folder.File("command"));

        var whole = await Trainer.TrainAsync(Iris.Options, Iris.Samples);
        var parts = await Trainer.TrainAsync(Iris.Options, TrainingData.Read(Iris.Options));

        whole.Result.WeightsSha256.ShouldBe(command.WeightsSha256);
        whole.Result.TestAccuracy.ShouldBe(command.TestAccuracy);
        parts.Result.WeightsSha256.ShouldBe(command.WeightsSha256);
        parts.Result.TestLoss.ShouldBe(command.TestLoss);
    }

    [Fact]
    public async Task A_run_with_a_folder_leaves_what_the_command_leaves()
    {
        await Iris.AsTheCommandDoes(Iris.Options, _folder.File("command"));

        var trained = await Trainer.TrainAsync(Iris.Options with { Out = _folder.File("library") });

        trained.Folder.ShouldBe(_folder.File("library"));
        RunFolder.Open(trained.Folder!).Files.Order().ShouldBe(RunFolder.Open(_folder.File("command")).Files.Order());
        Network.Load(trained.Folder!).WeightsSha256.ShouldBe(trained.Result.WeightsSha256);
    }

    [Fact]
    public async Task Epochs_are_told_in_order_while_the_run_waits()
    {
        var watching = new Watching();

        var trained = await Trainer.TrainAsync(Iris.Options, watching);

        watching.Epochs.Select(epoch => epoch.Epoch).ShouldBe(Enumerable.Range(1, 8));
        watching.Epochs.Select(epoch => epoch.TrainLoss).ShouldBe(trained.Result.LossHistory);
        watching.Epochs[^1].TestAccuracy.ShouldBe(trained.Result.TestAccuracy);
    }

    [Fact]
    public async Task What_a_watcher_throws_ends_the_run_and_is_thrown()
    {
        var watching = new Watching(_ => throw new InvalidTimeZoneException("enough"));

        await Should.ThrowAsync<InvalidTimeZoneException>(() => Trainer.TrainAsync(Iris.Options, watching));

        watching.Epochs.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Runs_at_the_same_time_do_not_touch_each_other()
    {
        ulong[] seeds = [1, 2, 3, 4];

        var together = await Task.WhenAll(seeds.Select(seed => Trainer.TrainAsync(Iris.Options with { Seed = seed })));

        foreach (var (seed, trained) in seeds.Zip(together))
        {
            var alone = await Trainer.TrainAsync(Iris.Options with { Seed = seed });
            alone.Result.WeightsSha256.ShouldBe(trained.Result.WeightsSha256);
        }

        together.Select(trained => trained.Result.WeightsSha256).Distinct().Count().ShouldBe(seeds.Length);
    }

    [Fact]
    public async Task All_that_is_wrong_with_options_is_said_at_once()
    {
        var options = Iris.Options with { LearningRate = 0, Batch = -1, Mode = "sometimes" };

        var problems = (await Should.ThrowAsync<UsageException>(() => Trainer.TrainAsync(options))).Problems;

        problems.Select(problem => problem.Split(':')[0]).ShouldBe(["--lr", "--batch", "--mode"]);
    }

    [Fact]
    public async Task A_run_that_cannot_be_carried_to_its_end_says_why() =>
        (await Should.ThrowAsync<TrainingFailedException>(() => Trainer.TrainAsync(Iris.Options with { LearningRate = 1e30f, Optimizer = Learning.OptimizerKind.Sgd })))
            .Message.ShouldContain("is not finite");
}
