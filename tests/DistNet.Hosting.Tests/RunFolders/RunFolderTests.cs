namespace DistNet.Hosting.Tests;

public sealed class RunFolderTests : IDisposable
{
    private readonly TemporaryFolder _temporary = new();

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public void Create_stores_the_configuration_which_reads_back_equal()
    {
        var options = new TrainingOptions { Out = _temporary.File("run"), Lanes = 4, Hidden = [3, 2] };

        var run = RunFolder.Create(options, "digits", default);

        RunFolder.Open(run.Root).ReadConfig().ShouldBe(options with { Out = null });
    }

    [Fact]
    public void Create_refuses_a_folder_that_holds_something()
    {
        File.WriteAllText(_temporary.File("x"), "");

        Should.Throw<UsageException>(() => RunFolder.Create(new TrainingOptions { Out = _temporary.Path }, "digits", default))
            .Message.ShouldStartWith($"--out: {_temporary.Path} is not an empty folder");
    }

    [Fact]
    public void Open_refuses_what_is_no_run_folder() =>
        Should.Throw<RunFolderException>(() => RunFolder.Open(_temporary.Path)).Message.ShouldContain("is not a run folder");

    [Fact]
    public void The_model_reads_back_equal_to_the_bit()
    {
        var run = RunFolder.Create(new TrainingOptions { Out = _temporary.File("run") }, "digits", default);
        var model = new ModelDescription("csv", 2, [2], ["a", "b"], [0.1, -0.0], [1e-300, 3], "0a");
        run.WriteModel(model);

        var read = run.ReadModel();

        read.ScaleOffsets.Select(BitConverter.DoubleToInt64Bits).ShouldBe(model.ScaleOffsets.Select(BitConverter.DoubleToInt64Bits));
        read.ScaleFactors.ShouldBe(model.ScaleFactors);
        read.ClassNames.ShouldBe(model.ClassNames);
    }

    [Fact]
    public void AtomicFile_keeps_the_old_file_when_writing_fails()
    {
        var path = _temporary.File("a");
        AtomicFile.Write(path, "old");

        Should.Throw<InvalidOperationException>(() => AtomicFile.Write(path, stream =>
        {
            stream.WriteByte(1);
            throw new InvalidOperationException();
        }));

        File.ReadAllText(path).ShouldBe("old");
        Directory.GetFiles(_temporary.Path).ShouldBe([path]);
    }

    [Fact]
    public void Metrics_after_the_resumed_version_and_a_torn_line_are_dropped()
    {
        var path = _temporary.File("metrics.jsonl");
        using (var metrics = MetricsWriter.Open(path))
        {
            metrics.Epoch(Report(1, 10));
            metrics.Epoch(Report(2, 20));
            metrics.Epoch(Report(3, 30));
        }

        File.AppendAllText(path, "{\"epoch\":4,\"ver");
        using (var metrics = MetricsWriter.Open(path, resumedVersion: 20))
        {
            metrics.Step(new StepReport(21, 40, 100, 200, 0.5));
        }

        var lines = File.ReadAllLines(path);
        lines.Length.ShouldBe(3);
        lines[1].ShouldStartWith("{\"epoch\":2,\"epochs\":3,\"version\":20,\"trainLoss\":\"NaN\",\"testLoss\":null");
        lines[2].ShouldBe("{\"version\":21,\"totalVersions\":40,\"samplesApplied\":100,\"samplesPlanned\":200,\"loss\":0.5}");
    }

    private static EpochReport Report(int epoch, long version) => new(epoch, 3, version, double.NaN, null, 0.5, 100, []);
}
