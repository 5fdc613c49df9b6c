using DistNet.Learning;

namespace DistNet.Hosting.Tests;

public sealed class CheckpointFolderTests : IDisposable
{
    private readonly TemporaryFolder _temporary = new();
    private readonly RunFolder _run;
    private readonly CheckpointFolder _checkpoints;
    private readonly ParameterLayout _layout = LayoutOf(3);

    public CheckpointFolderTests()
    {
        _run = RunFolder.Create(new TrainingOptions { Out = _temporary.File("run") }, "test", default);
        _checkpoints = new CheckpointFolder(_run);
    }

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public void ReadLatest_gives_back_every_bit()
    {
        var written = Content(7);
        _checkpoints.Write(written);

        var (read, warnings) = _checkpoints.ReadLatest(_layout);

        warnings.ShouldBeEmpty();
        read.Version.ShouldBe(7);
        Bits(read.Parameters.Span[.._layout.Length]).ShouldBe(Bits(written.Parameters.Span[.._layout.Length]));
        read.Parameters.Length.ShouldBe(_layout.PaddedLength);
        read.Slots.Select(slot => slot.Name).ShouldBe(["exp_avg", "exp_avg_sq"]);
        Bits(read.Slots[1].Values.Span[.._layout.Length]).ShouldBe(Bits(written.Slots[1].Values.Span[.._layout.Length]));
        read.Position.Single().ShouldSatisfyAllConditions(p => p.Key.ShouldBe("samples"), p => p.Value.ShouldBe([448L, -1L]));
        read.Record.ShouldBe(written.Record);
    }

    [Fact]
    public void Tensors_have_the_documented_names_and_shapes()
    {
        _checkpoints.Write(Content(7));

        using var stream = File.OpenRead(PathOf(7));
        var tensors = SafeTensorsReader.Read(stream);
        tensors["layers.0.weight"].Shape.ShouldBe([2L, 3L]);
        tensors["layers.0.bias"].Shape.ShouldBe([3L]);
        tensors.Keys.ShouldContain("optimizer.exp_avg.layers.1.weight");
        tensors["position.samples"].Type.ShouldBe(TensorType.I64);
    }

    [Fact]
    public void The_last_three_are_kept()
    {
        foreach (var version in new long[] { 1, 2, 3, 4, 5 })
        {
            _checkpoints.Write(Content(version));
        }

        Directory.GetFiles(_run.CheckpointsPath).Order().ShouldBe([PathOf(3), PathOf(4), PathOf(5)]);
        _checkpoints.ReadLatest(_layout).Content.Version.ShouldBe(5);
    }

    [Fact]
    public void One_flipped_byte_anywhere_falls_back_to_the_previous_one_with_a_warning()
    {
        _checkpoints.Write(Content(1));
        _checkpoints.Write(Content(2));
        var good = File.ReadAllBytes(PathOf(2));
        for (var i = 0; i < good.Length; i += 37)
        {
            var bad = (byte[])good.Clone();
            bad[i] ^= 0x10;
            File.WriteAllBytes(PathOf(2), bad);

            var (content, warnings) = _checkpoints.ReadLatest(_layout);

            content.Version.ShouldBe(1, $"byte {i}");
            warnings.ShouldHaveSingleItem().ShouldContain("v00000002.safetensors is damaged");
        }
    }

    [Fact]
    public void A_torn_or_missing_file_falls_back_and_none_left_is_one_clear_line()
    {
        _checkpoints.Write(Content(1));
        _checkpoints.Write(Content(2));
        File.WriteAllBytes(PathOf(2), File.ReadAllBytes(PathOf(2))[..100]);
        _checkpoints.ReadLatest(_layout).Content.Version.ShouldBe(1);
        File.Delete(PathOf(2));
        _checkpoints.ReadLatest(_layout).Warnings.ShouldHaveSingleItem().ShouldContain("is missing");
        File.Delete(PathOf(1));

        Should.Throw<RunFolderException>(() => _checkpoints.ReadLatest(_layout)).Message.ShouldContain("has no good checkpoint");
    }

    [Fact]
    public void A_checkpoint_that_the_manifest_does_not_list_does_not_count()
    {
        _checkpoints.Write(Content(1));
        File.Copy(PathOf(1), PathOf(9));

        _checkpoints.ReadLatest(_layout).Content.Version.ShouldBe(1);

        _checkpoints.Write(Content(2));
        File.Exists(PathOf(9)).ShouldBeFalse();
    }

    [Fact]
    public void Going_on_from_an_earlier_checkpoint_ends_the_lineage_of_the_later_ones()
    {
        _checkpoints.Write(Content(1));
        _checkpoints.Write(Content(5));
        File.Delete(PathOf(5));

        _checkpoints.Write(Content(3));

        var (content, warnings) = _checkpoints.ReadLatest(_layout);
        content.Version.ShouldBe(3);
        warnings.ShouldBeEmpty();
    }

    [Fact]
    public void Another_network_is_refused()
    {
        _checkpoints.Write(Content(1));

        Should.Throw<RunFolderException>(() => _checkpoints.ReadLatest(LayoutOf(4)))
            .Message.ShouldBe("the checkpoint is of another network: its layers.0.weight is [2, 3], config.json's is [2, 4]");
        Should.Throw<RunFolderException>(() => _checkpoints.ReadLatest(LayoutOf(3, 2))).Message.ShouldContain("another network");
    }

    [Fact]
    public void An_altered_config_is_refused()
    {
        _checkpoints.Write(Content(1));
        File.WriteAllText(_run.ConfigPath, File.ReadAllText(_run.ConfigPath).Replace("64", "65"));

        Should.Throw<RunFolderException>(() => _checkpoints.ReadLatest(_layout)).Message.ShouldContain("config.json was altered");
    }

    [Fact]
    public void Before_the_first_checkpoint_reading_says_so() =>
        Should.Throw<RunFolderException>(() => _checkpoints.ReadLatest(_layout)).Message.ShouldStartWith("there is no checkpoint yet");

    private string PathOf(long version) => Path.Combine(_run.CheckpointsPath, $"v{version:D8}.safetensors");

    private CheckpointContent Content(long version) => new()
    {
        Version = version,
        Layout = _layout,
        Parameters = Values(version, -0f),
        Slots = [new("exp_avg", Values(version, float.NaN)), new("exp_avg_sq", Values(-version, float.Epsilon))],
        Position = new Dictionary<string, long[]> { ["samples"] = [version * 64, -1] },
        Record = """{"ledger":"ä"}""",
    };

    private float[] Values(long version, float first) =>
        [first, .. Enumerable.Range(1, _layout.PaddedLength - 1).Select(i => (float)Math.Sin(i + version))];

    private static int[] Bits(ReadOnlySpan<float> values) => [.. values.ToArray().Select(BitConverter.SingleToInt32Bits)];

    private static ParameterLayout LayoutOf(params int[] hidden) => new(new NetworkSpec(
        2,
        [.. hidden.Select(units => new DenseSpec(units, Activation.Relu)), new DenseSpec(2, Activation.Identity, HasBias: false)],
        new LossSpec(LossKind.SoftmaxCrossEntropy)));
}
