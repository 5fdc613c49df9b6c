using System.Text.Json;
using System.Text.Json.Serialization;
using DistNet.Hosting;
using DistNet.Simulation;

namespace DistNet.Cli;

/// <summary><c>distnet simulate --chaos</c>.</summary>
internal static class ChaosCommand
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static async Task<int> RunAsync(ChaosRequest request, CommandHost host)
    {
        using var said = host.SayWhenStopped("ending after the schedules that are being run; Ctrl-C again ends at once");
        var report = await Task.Run(() => ChaosSession.Run(request.Options, host.Error.WriteLine, host.Stop));
        if (request.SaveFaults is { } path)
        {
            Save(report, path, host);
        }

        Print(report, request.IsJson, host);
        return report.Failure is not null ? ExitCode.RunFailed
            : host.Stop.IsCancellationRequested ? ExitCode.Interrupted
            : ExitCode.Done;
    }

    private static void Save(ChaosReport report, string path, CommandHost host)
    {
        if (report.FaultPlan is not { } plan)
        {
            host.Complain(report.Failure is null && report.Schedules > 1
                ? $"nothing failed, so that {path} is not written; --chaos 1 --seed SEED writes the faults of one schedule"
                : $"this schedule has no plan of faults, so that {path} is not written");
            return;
        }

        try
        {
            File.WriteAllText(path, plan + Environment.NewLine);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"--save-faults: cannot write {path}: {e.Message}");
        }
    }

    private static void Print(ChaosReport report, bool isJson, CommandHost host)
    {
        if (isJson)
        {
            host.Out.WriteLine(JsonSerializer.Serialize(report, Json));
            return;
        }

        host.Out.WriteLine(FormattableString.Invariant($"schedules      {report.Schedules} in {report.Seconds:F1} s, {report.Schedules / report.Seconds:F0} a second"));
        host.Out.WriteLine($"rules          {List(report.Rules)}");
        host.Out.WriteLine($"faults         {List(report.Faults)}");
        host.Out.WriteLine($"recovered      {report.Recovered} lost state and went on from a cut; {report.Stopped} were stopped, {report.Helped} helped a late worker");
        host.Out.WriteLine($"failures       {(report.Failure is null ? "none" : "see below")}");
        if (report.Failure is { } failure)
        {
            string[] lines = ["", failure.Trace, "", $"seed           {failure.Seed}", $"problem        {failure.Problem}", $"schedule       {failure.Schedule}", $"again          {failure.Command}"];
            Array.ForEach(lines, host.Out.WriteLine);
        }
    }

    private static string List<T>(IReadOnlyDictionary<T, int> counts)
        where T : notnull => counts.Count == 0 ? "none" : string.Join(", ", counts.Select(count => $"{count.Key.ToString()!.ToLowerInvariant()} {count.Value}"));
}
