using System.Globalization;
using DistNet.Hosting;
using static System.FormattableString;

namespace DistNet.Cli;

/// <summary>One line for each reported epoch, for logs and pipes. Notices are printed even when quiet.</summary>
internal sealed class PlainProgress(TextWriter writer, int evalEvery, bool isQuiet) : ITrainingProgress
{
    public void Started(RunDescription description) => Say(Describe(description));

    public void Epoch(EpochReport report)
    {
        if (IsReported(report, evalEvery))
        {
            Say(Describe(report));
        }
    }

    public void Step(in StepReport report)
    {
    }

    public void Notice(string line) => writer.WriteLine($"distnet: {line}");

    internal static bool IsReported(EpochReport report, int evalEvery) =>
        report.Epoch % evalEvery == 0 || report.Epoch == report.Epochs;

    internal static string Describe(RunDescription d) => Invariant(
        $"{d.Data}: {d.TrainSamples} to train on, {d.TestSamples} to test; {d.Network}, {d.Parameters} parameters; {d.Mode}, {Count(d.Workers, "worker")}, {Count(d.Servers, "server")}, {Count(d.Lanes, "lane")}; {d.Run}");

    internal static string Count(int count, string of) => Invariant($"{count} {of}{(count == 1 ? "" : "s")}");

    private static string Describe(EpochReport r) => string.Create(
        CultureInfo.InvariantCulture,
        $"epoch {r.Epoch}/{r.Epochs}  train loss {r.TrainLoss:0.0000}{Optional("  test loss ", r.TestLoss, "0.0000")}{Optional("  accuracy ", r.TestAccuracy, "0.00 %")}  {r.SamplesPerSecond:0} samples/s");

    private static string Optional(string label, double? value, string format) =>
        value is { } given ? label + given.ToString(format, CultureInfo.InvariantCulture) : "";

    private void Say(string line)
    {
        if (!isQuiet)
        {
            writer.WriteLine(line);
        }
    }
}
