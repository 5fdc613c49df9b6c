using DistNet.Hosting;

namespace DistNet.Lab.Tests;

public sealed class CommandTextTests
{
    [Fact]
    public void Options_that_are_not_the_default_are_named() =>
        CommandText.Of("train", new TrainingOptions { Mode = "asp", Seed = 3, Hidden = [32, 16], Out = "x", Data = "csv:my flowers.csv" })
            .ShouldBe("distnet train --data 'csv:my flowers.csv' --hidden 32,16 --mode asp --seed 3");

    /// <summary>The command asks for the same run, whatever the options came from.</summary>
    [Theory]
    [InlineData("cancer-deep")]
    [InlineData(null)]
    public void The_command_reads_back_as_the_same_run(string? preset)
    {
        KeyValuePair<string, string>[] given = [new("steps", "40"), new("hidden", "none"), new("lr", "0.05"), new("no-bias", "")];
        var options = TrainingOptionsLoader.Load(preset is null ? given : [new("preset", preset), .. given], []);
        var words = CommandText.Of("up", options).Split(' ');
        words[..2].ShouldBe(["distnet", "up"]);
        var read = TrainingOptionsLoader.Load([.. words.Skip(2).Chunk(2).Select(pair => KeyValuePair.Create(pair[0][2..], pair[1]))], []);
        read.ShouldBe(options with { Preset = null });
    }
}
