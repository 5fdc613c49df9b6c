namespace DistNet.Hosting.Tests;

public sealed class TrainedNetworkTests : IDisposable
{
    private readonly TemporaryFolder _temporary = new();
    private readonly UntrainedRun _run;

    public TrainedNetworkTests() => _run = new UntrainedRun(_temporary, new TrainingOptions { Data = "iris" });

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public void The_latest_checkpoint_is_used()
    {
        var first = _run.Evaluate();
        _run.WriteCheckpoint(version: 2, _run.Network);

        var second = _run.Evaluate();

        (first.Version, second.Version).ShouldBe((1, 2));
        second.Loss.ShouldNotBe(first.Loss);
    }

    [Fact]
    public void A_damaged_checkpoint_is_passed_over_with_a_notice()
    {
        var first = _run.Evaluate();
        _run.WriteCheckpoint(version: 2, _run.Network);
        _run.FlipByteInCheckpoint(version: 2);

        _run.Evaluate().ShouldBe(first);

        _run.Notices.ShouldBe([$"{_run.CheckpointPath(2)} is damaged: its SHA-256 is not the manifest's; the checkpoint before it is used"]);
    }

    [Fact]
    public void Without_a_good_checkpoint_there_is_one_clear_line()
    {
        _run.FlipByteInCheckpoint(version: 1);

        Complaint().ShouldBe($"{_run.Folder.Root} has no good checkpoint: all 1 listed in its manifest are damaged or missing");
    }

    [Fact]
    public void A_run_that_has_not_got_to_a_checkpoint_is_refused()
    {
        File.Delete(_run.Folder.ManifestPath);

        Complaint().ShouldStartWith("there is no checkpoint yet");
    }

    [Fact]
    public void A_checkpoint_of_another_network_is_refused()
    {
        var other = NetworkBuilder.Build(new TrainingOptions { Hidden = [7] }, _run.Data.Train.Info);
        _run.WriteCheckpoint(version: 2, other);

        Complaint().ShouldBe("the checkpoint is of another network: its layers.0.weight is [4, 7], config.json's is [4, 64]");
    }

    [Fact]
    public void An_altered_model_is_refused()
    {
        File.WriteAllText(_run.Folder.ModelPath, File.ReadAllText(_run.Folder.ModelPath).Replace("setosa", "tulip"));

        Complaint().ShouldStartWith($"{_run.Folder.ModelPath} was altered or removed");
    }

    private string Complaint() => UntrainedRun.Complaint<RunFolderException>(() => _run.Evaluate());
}
