using DistNet.Hosting;
using static System.FormattableString;

namespace DistNet.Cli;

/// <summary>The end of a run for a person: curves, then the figures.</summary>
internal static class TrainingSummary
{
    public static void Write(TextWriter writer, TrainingResult r)
    {
        TextChart.Write(writer, "train loss", r.LossHistory);
        TextChart.Write(writer, "test accuracy", r.TestAccuracyHistory);
        writer.WriteLine(Invariant($"train loss     {r.TrainLoss:0.0000}"));
        if (r.TestLoss is { } loss && r.TestAccuracy is { } accuracy)
        {
            writer.WriteLine(Invariant($"test loss      {loss:0.0000}"));
            writer.WriteLine(Invariant($"test accuracy  {100 * accuracy:0.00} %"));
        }

        writer.WriteLine(Invariant($"trained        {r.Epochs} epochs, {r.Steps} steps, {r.Samples} samples in {r.Seconds:0.0} {(r.Virtual ? "virtual s" : "s")} ({r.SamplesPerSecond:0} samples/s)"));
        writer.WriteLine(Invariant($"cluster        {r.Mode}, {PlainProgress.Count(r.Workers, "worker")}, {PlainProgress.Count(r.Servers, "server")}, {PlainProgress.Count(r.Lanes, "lane")}; mean staleness {r.StalenessMean:0.00}"));
        AsynchronyText.Write(writer, r);
        writer.WriteLine(Invariant($"samples        {r.Ledger.Planned} planned = {r.Ledger.Applied} applied + {r.Ledger.Dropped} dropped + {r.Ledger.Pending} pending"));
        writer.WriteLine(Invariant($"weights        {r.Parameters} parameters{(r.MixedArithmetic ? "; mixed arithmetic, not repeated bit for bit" : "")}"));
        writer.WriteLine($"SHA-256        {r.WeightsSha256}");
        if (r.Virtual)
        {
            writer.WriteLine(Invariant($"simulation     {r.Events} events, {r.EventsPerSecond:0} a second"));
        }

        writer.WriteLine($"run            {r.Run}");
    }
}
