using DistNet.Hosting;

namespace DistNet.Library.Tests;

/// <summary>Runs that are cancelled end in good order, and go on to the bits of a run that never was.</summary>
public sealed class ResumeTests : IDisposable
{
    private const int LongRun = 1_000_000;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_cancelled_run_goes_on_in_memory_and_in_a_folder(bool inFolder)
    {
        var stopped = await StoppedAfter(3, Iris.Options with { Out = inFolder ? _folder.File("run") : null }, Iris.Samples);
        var epochs = stopped.Result.Epochs + 4;
        var whole = await Trainer.TrainAsync(Iris.Options with { Epochs = epochs }, Iris.Samples);

        var watching = new Watching();
        var resumed = await Trainer.ResumeAsync(stopped, options => options with { Epochs = epochs, Workers = 3, Servers = 2 }, watching);

        watching.Epochs.Count.ShouldBe(4, "what was done is not done again");
        stopped.Result.Stopped.ShouldBeTrue();
        resumed.Result.Stopped.ShouldBeFalse();
        resumed.Result.WeightsSha256.ShouldBe(whole.Result.WeightsSha256);
        resumed.Result.LossHistory.ShouldBe(whole.Result.LossHistory);
        resumed.Folder.ShouldBe(stopped.Folder);
        stopped.Network.WeightsSha256.ShouldBe(stopped.Result.WeightsSha256, "the model that was given stays as it is");
    }

    [Fact]
    public async Task A_saved_run_goes_on_where_it_was_and_an_asynchronous_one_too()
    {
        var part = await Trainer.TrainAsync(Iris.Options with { Mode = "ssp:1", Workers = 2, Epochs = 3 });
        part.Save(_folder.File("saved"));

        var resumed = await Trainer.ResumeAsync(_folder.File("saved"), change: options => options with { Epochs = 5 });

        resumed.Result.Epochs.ShouldBe(5);
        resumed.Result.LossHistory.Take(3).ShouldBe(part.Result.LossHistory);
        resumed.Folder.ShouldBe(_folder.File("saved"));
    }

    [Fact]
    public async Task A_run_folder_of_the_command_goes_on_as_by_the_command()
    {
        var whole = await Iris.AsTheCommandDoes(Iris.Options, _folder.File("whole"));
        await Iris.AsTheCommandDoes(Iris.Options with { Epochs = 3 }, _folder.File("part"));

        var resumed = await Trainer.ResumeAsync(_folder.File("part"), change: options => options with { Epochs = 8 });

        resumed.Result.WeightsSha256.ShouldBe(whole.WeightsSha256);
    }

    [Fact]
    public async Task A_run_cancelled_before_it_begins_is_cancelled_and_begins_later()
    {
        var cancelled = new CancellationToken(canceled: true);
        var folder = _folder.File("run");

        await Should.ThrowAsync<OperationCanceledException>(() => Trainer.TrainAsync(Iris.Options, null, cancelled));
        await Should.ThrowAsync<OperationCanceledException>(() => Trainer.TrainAsync(Iris.Options with { Out = folder }, null, cancelled));
        var begun = await Trainer.ResumeAsync(folder);

        begun.Notices.ShouldBe([$"{folder} has no checkpoint yet; its run begins anew"]);
        begun.Result.WeightsSha256.ShouldBe((await Trainer.TrainAsync(Iris.Options)).Result.WeightsSha256);
    }

    [Fact]
    public async Task A_damaged_checkpoint_is_passed_over_and_told_of()
    {
        var whole = await Trainer.TrainAsync(Iris.Options with { Out = _folder.File("run"), CheckpointEvery = 10 });
        var latest = Directory.EnumerateFiles(Path.Combine(whole.Folder!, "checkpoints")).Max()!;
        await File.AppendAllTextAsync(latest, "x");
        var told = new List<string>();

        var network = Network.Load(whole.Folder!, told.Add);
        var resumed = await Trainer.ResumeAsync(whole.Folder!);

        told.ShouldHaveSingleItem().ShouldStartWith($"{latest} is damaged");
        network.Updates.ShouldBe(whole.Result.Steps / 10 * 10);
        resumed.Notices.ShouldBe(told);
        resumed.Result.WeightsSha256.ShouldBe(whole.Result.WeightsSha256);
    }

    [Fact]
    public async Task What_makes_a_run_what_it_is_cannot_change()
    {
        var part = await Trainer.TrainAsync(Iris.Options);

        var problems = (await Should.ThrowAsync<UsageException>(() => Trainer.ResumeAsync(part, options => options with { Seed = 7, Batch = 8, Epochs = 9 }))).Problems;

        problems.ShouldBe([
            "--batch: cannot change when a run goes on; it began with '16', not '8'",
            "--seed: cannot change when a run goes on; it began with '1', not '7'",
        ]);
    }

    [Fact]
    public async Task A_run_from_given_weights_goes_on_by_the_options_that_began_it()
    {
        await Iris.AsTheCommandDoes(Iris.Options with { Epochs = 1, Seed = 9 }, _folder.File("start"));
        var options = Iris.Options with { InitFrom = Directory.EnumerateFiles(_folder.File("start/checkpoints")).Max() };
        var whole = await Trainer.TrainAsync(options);
        var part = await Trainer.TrainAsync(options with { Epochs = 3, Out = _folder.File("part") });

        var resumed = await Trainer.TrainAsync(options with { Resume = part.Folder });
        var other = await Should.ThrowAsync<UsageException>(() => Trainer.TrainAsync(options with { Resume = part.Folder, InitFrom = "other" }));

        resumed.Result.WeightsSha256.ShouldBe(whole.Result.WeightsSha256);
        other.Problems[0].ShouldStartWith("--init-from: cannot change when a run goes on");
    }

    [Fact]
    public async Task Samples_that_were_in_memory_must_be_handed_in_again_and_be_the_same()
    {
        var options = Iris.Options with { Out = _folder.File("run") };
        await Trainer.TrainAsync(options, Iris.Samples);

        var without = await Should.ThrowAsync<UsageException>(() => Trainer.ResumeAsync(options.Out!));
        var others = Samples.Of([.. Rows().Reverse()], [.. Enumerable.Range(0, Iris.Samples.Count).Select(i => i % 3)]) with { Name = "iris", ClassNames = Iris.Samples.ClassNames };
        var changed = await Should.ThrowAsync<UsageException>(() => Trainer.ResumeAsync(options.Out!, others));
        var resumed = await Trainer.ResumeAsync(options.Out!, Iris.Samples, then => then with { Epochs = 9 });

        without.Message.ShouldStartWith("--data: memory:iris was in the memory of a program");
        changed.Message.ShouldContain("have changed since it began");
        resumed.Result.Epochs.ShouldBe(9);
    }

    private static IEnumerable<float[]> Rows() => Enumerable.Range(0, Iris.Samples.Count).Select(row => Iris.Samples.Row(row).ToArray());

    private static async Task<TrainedModel> StoppedAfter(int epochs, TrainingOptions options, Samples samples)
    {
        using var stop = new CancellationTokenSource();
        var watching = new Watching(report =>
        {
            if (report.Epoch == epochs)
            {
                stop.Cancel();
            }
        });
        return await Trainer.TrainAsync(options with { Epochs = LongRun }, samples, watching, stop.Token);
    }
}
