using System.CommandLine;
using DistNet.Hosting;
using static System.FormattableString;

namespace DistNet.Cli;

/// <summary><c>distnet replay</c>.</summary>
internal static class ReplayCommand
{
    public static Command Build(CommandHost host)
    {
        var noReport = CommonOptions.NoReport("Do not make the run's report.html again");
        var run = CommonOptions.Run();
        var threads = new Option<int?>("--threads") { HelpName = "N", Description = "Compute threads; one for each core unless given" };
        var format = CommonOptions.Format("text", "json");
        var command = new Verb(
            "replay",
            "Repeat a recorded run on this machine, bit for bit.",
            """
            Examples:
              distnet replay --run runs/20260101-120000-digits
              distnet replay --run runs/async-on-20-machines --format json

            The run is repeated from its log, updates.log: what each gradient was computed on, and which update it
            became part of. It does not matter how many machines there were, how fast they were and who died. The exit
            code is 0 when the weights are the same bits as in the run's last checkpoint, and 3 when they are not.
            """) { run, threads, noReport, format };
        command.SetAction(async (parsed, stop) =>
        {
            if (parsed.GetValue(threads) is < 1)
            {
                throw new UsageException("--threads: must be at least 1");
            }

            var result = await ReplaySession.RunAsync(parsed.GetRequiredValue(run), parsed.GetValue(threads), stop);
            AtomicFile.Write(RunFolder.Open(result.Run).ReplayPath, result.ToJson());
            var report = await ReportEnd.TryAsync(result.Run, dataRoot: null, parsed.GetValue(noReport) ? host with { Services = host.Services with { Report = null } } : host);
            if (parsed.GetValue(format) == "json")
            {
                host.Out.WriteLine(result.ToJson());
            }
            else
            {
                host.Out.WriteLine(Text(result));
                ReportEnd.Write(report, host);
            }

            return result.IsSame ? ExitCode.Done : ExitCode.VerificationFailed;
        });
        return command;
    }

    private static string Text(ReplayResult result) => Invariant(
        $"""
        {result.Mode}: {result.Version} updates, {result.Units} logged units, repeated in {result.Seconds:0.0} s
        recorded  {result.RecordedSha256}
        repeated  {result.ReplayedSha256}
        {(result.IsSame ? "the same bits" : "NOT the same bits")}
        """);
}
