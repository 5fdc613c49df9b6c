using System.Runtime.InteropServices;
using DistNet.Learning;

namespace DistNet.Hosting.Tests;

public sealed class ModelDescriptionTests
{
    [Theory]
    [InlineData("breast-cancer", ScalingKind.None)]
    [InlineData("breast-cancer", ScalingKind.Unit)]
    [InlineData("breast-cancer", ScalingKind.Standard)]
    [InlineData("digits", ScalingKind.Standard)]
    public void Data_scaled_by_the_scaling_read_back_have_the_bits_of_the_run(string name, ScalingKind kind)
    {
        using var temporary = new TemporaryFolder();
        var options = new TrainingOptions { Data = name, Scale = kind };
        var data = DataLoader.Load(options);
        File.WriteAllText(temporary.File("model.json"), ModelDescription.Of(data).ToJson());

        var scaled = ModelDescription.Read(temporary.File("model.json")).ScalingOf(kind).Apply(DataLoader.LoadUnscaled(options).Test!);

        Bits(scaled).ShouldBe(Bits(data.Test!));
    }

    private static int[] Bits(DataSet data) => MemoryMarshal.Cast<float, int>(data.Values).ToArray();
}
