using System.Text;
using DistNet.Hosting;

namespace DistNet.Cluster.Akka.Tests;

public sealed class RunSizeTests
{
    [Fact]
    public void A_runs_size_is_that_of_its_plan()
    {
        var (size, order) = SizeOf(new TrainingOptions { Mode = "kasync:3", Workers = 2, Servers = 2, Lanes = 4, Epochs = 7 });

        size.ShouldBe(new RunSize(9, 4, 2, Encoding.UTF8.GetByteCount(order.ToJson())) { Epochs = size.Epochs, Units = 3, Chunks = 2 });
        size.Epochs.ShouldBeInRange(7, 8);
        size.Actors.ShouldBe(12);
    }

    [Fact]
    public void Losses_of_all_updates_count_where_they_are_kept()
    {
        var kept = new TrainingOptions { Workers = 2, Lanes = 4, Epochs = null, Steps = 5000, RecordSteps = true };

        SizeOf(kept).Size.RecordedSteps.ShouldBe(5000);
        SizeOf(kept).Size.Epochs.ShouldBeGreaterThan(1);
        SizeOf(kept with { RecordSteps = false }).Size.RecordedSteps.ShouldBe(0);
    }

    private static (RunSize Size, RunOrder Order) SizeOf(TrainingOptions options)
    {
        var data = DataSummary.Of(NodeData.Load(options, root: "."));
        var order = new RunOrder("a run", 1, EffectiveConfig.ToJson(options), data, SendsData: false, GiveUpAfter: null);
        return (RunSize.Of(order, order.Plan(), nodes: 9), order);
    }
}
