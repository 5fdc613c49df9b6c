using System.Text;
using System.Text.Json.Nodes;

namespace DistNet.Cli.Tests;

/// <summary>Bad input gives one clear line for each mistake, exit code 2, no stack trace and nothing on stdout.</summary>
public sealed class BadInputTests : IDisposable
{
    private static readonly byte[] Images = Idx([4, 2, 2], [.. Enumerable.Range(0, 16).Select(i => (byte)i)]);
    private static readonly byte[] Labels = Idx([4], [0, 1, 2, 1]);

    private readonly string _folder = Directory.CreateTempSubdirectory("distnet-test-").FullName;

    [Fact]
    public async Task An_idx_folder_that_is_missing()
    {
        await ShouldBeRefused(["--data", "idx:nowhere"], "--data: there is no folder nowhere");
    }

    [Fact]
    public async Task An_idx_file_that_is_missing()
    {
        Write("train-images-idx3-ubyte", Images);

        await ShouldBeRefused(["--data", "idx:."], "has no file train-labels*");
    }

    [Fact]
    public async Task An_idx_file_that_is_truncated()
    {
        WriteIdx(images: Images[..^3]);

        await ShouldBeRefused(["--data", "idx:."], "train-images", "is cut short", "promises 16 values, found 13");
    }

    [Fact]
    public async Task An_idx_file_with_the_wrong_magic()
    {
        WriteIdx(images: [1, 2, 3, 4, .. Images[4..]]);

        await ShouldBeRefused(["--data", "idx:."], "train-images", "is not an IDX file", "01020304");
    }

    [Fact]
    public async Task Idx_counts_that_differ()
    {
        WriteIdx(labels: Idx([3], [0, 1, 2]));

        await ShouldBeRefused(["--data", "idx:."], "has 3 labels", "has 4 images");
    }

    [Fact]
    public async Task A_label_out_of_range()
    {
        WriteIdx();
        Write("t10k-images-idx3-ubyte", Images);
        Write("t10k-labels-idx1-ubyte", Idx([4], [0, 1, 7, 1]));

        await ShouldBeRefused(["--data", "idx:.", "--batch", "2"], "t10k-labels", "label 3 is 7; expected 0 to 2");
    }

    [Theory]
    [InlineData("1,2,a\n3,b\n", "t.csv", "line 2", "2 columns", "expected 3")]
    [InlineData("x,y,kind\n1,2,a\n3,oops,b\n", "t.csv", "line 3", "column 2 (y)", "'oops' is not a finite number")]
    [InlineData("1,2,0\n3,4,1.5\n", "t.csv", "line 2", "column 3", "'1.5' is no class")]
    [InlineData("", "t.csv", "is empty")]
    public async Task A_table_that_is_wrong(string text, params string[] expected)
    {
        Write("t.csv", Encoding.UTF8.GetBytes(text));

        await ShouldBeRefused(["--data", "csv:t.csv", "--test-fraction", "0", "--batch", "2"], expected);
    }

    [Fact]
    public async Task A_table_that_is_missing()
    {
        await ShouldBeRefused(["--data", "csv:none.csv"], "--data: there is no file none.csv");
    }

    [Fact]
    public async Task A_batch_larger_than_the_data()
    {
        await ShouldBeRefused(["--data", "iris", "--batch", "121"], "--batch: 121 is more than the 120 training samples");
    }

    [Fact]
    public async Task An_unknown_preset_names_the_nearest()
    {
        await ShouldBeRefused(["--preset", "cancerdeep"], "cancerdeep", "did you mean cancer-deep?");
    }

    [Fact]
    public async Task Every_mistake_of_a_command_line_is_reported_at_once()
    {
        string[] args =
        [
            "train", "--batch", "-3", "--workers", "0", "--servers", "-1", "--lanes", "0", "--epochs", "0", "--hidden", "8,0", "--dropout", "1.5",
            "--optimizer", "adm", "--lr", "fast", "--data", "iriss",
        ];

        var outcome = await CommandProcess.RunAsync(_folder, args);

        ShouldBeClean(outcome, 10);
        foreach (var option in new[] { "batch", "workers", "servers", "lanes", "epochs", "hidden", "dropout", "optimizer", "lr", "data" })
        {
            outcome.ErrorLines.Count(line => line.StartsWith($"distnet: --{option}: ", StringComparison.Ordinal)).ShouldBe(1, $"{option}\n{outcome.Error}");
        }

        outcome.Error.ShouldContain("did you mean adam");
        outcome.Error.ShouldContain("did you mean iris?");
    }

    [Fact]
    public async Task A_folder_that_is_no_run_or_has_none_to_go_on_with()
    {
        var outcome = await CommandProcess.RunAsync(_folder, ["train", "--resume", "nowhere"]);

        ShouldBeClean(outcome, 1);
        outcome.Error.ShouldContain("nowhere");
    }

    [Fact]
    public async Task A_run_folder_of_another_network()
    {
        await TrainAsync("a", "8");
        await TrainAsync("b", "6");
        var config = Path.Combine(_folder, "a", "config.json");
        File.Copy(Path.Combine(_folder, "b", "config.json"), config, overwrite: true);

        var altered = await CommandProcess.RunAsync(_folder, ["train", "--resume", "a", "--epochs", "3"]);
        RewriteManifest("a", "config.json");
        var another = await CommandProcess.RunAsync(_folder, ["train", "--resume", "a", "--epochs", "3"]);

        ShouldBeClean(altered, 1);
        altered.Error.ShouldContain("config.json was altered");
        ShouldBeClean(another, 1);
        another.Error.ShouldContain("is of another network");
    }

    [Fact]
    public async Task A_checkpoint_with_one_flipped_byte()
    {
        await TrainAsync("a", "8");
        var checkpoint = Directory.EnumerateFiles(Path.Combine(_folder, "a", "checkpoints")).ShouldHaveSingleItem();
        var bytes = await File.ReadAllBytesAsync(checkpoint);
        bytes[^100] ^= 4;
        await File.WriteAllBytesAsync(checkpoint, bytes);

        var outcome = await CommandProcess.RunAsync(_folder, ["train", "--resume", "a", "--epochs", "3"]);

        ShouldBeClean(outcome, 1);
        outcome.Error.ShouldContain("a has no good checkpoint");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task ShouldBeRefused(string[] args, params string[] expected)
    {
        var outcome = await CommandProcess.RunAsync(_folder, ["train", .. args]);

        ShouldBeClean(outcome, 1);
        foreach (var part in expected)
        {
            outcome.Error.ShouldContain(part);
        }

        Directory.Exists(Path.Combine(_folder, "runs")).ShouldBeFalse("a refused run leaves no folder");
    }

    private static void ShouldBeClean(CommandOutcome outcome, int lines)
    {
        outcome.ExitCode.ShouldBe(2, outcome.Error);
        outcome.Out.ShouldBeEmpty();
        outcome.ErrorLines.Length.ShouldBe(lines, outcome.Error);
        outcome.ErrorLines.ShouldAllBe(line => line.StartsWith("distnet: ", StringComparison.Ordinal));
        outcome.Error.ShouldNotContain("   at ");
    }

    private async Task TrainAsync(string run, string hidden)
    {
        string[] args = ["train", "--data", "iris", "--hidden", hidden, "--batch", "20", "--epochs", "1", "--out", run, "--quiet"];
        var outcome = await CommandProcess.RunAsync(_folder, args);
        outcome.ExitCode.ShouldBe(0, outcome.Error);
    }

    private void RewriteManifest(string run, string file)
    {
        var path = Path.Combine(_folder, run, "manifest.json");
        var manifest = JsonNode.Parse(File.ReadAllText(path))!;
        manifest[file] = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(Path.Combine(_folder, run, file))));
        File.WriteAllText(path, manifest.ToJsonString());
    }

    private void WriteIdx(byte[]? images = null, byte[]? labels = null)
    {
        Write("train-images-idx3-ubyte", images ?? Images);
        Write("train-labels-idx1-ubyte", labels ?? Labels);
    }

    private void Write(string name, byte[] bytes) => File.WriteAllBytes(Path.Combine(_folder, name), bytes);

    private static byte[] Idx(int[] dimensions, byte[] values) =>
        [0, 0, 8, (byte)dimensions.Length, .. dimensions.SelectMany(length => new byte[] { 0, 0, (byte)(length >> 8), (byte)length }), .. values];
}
