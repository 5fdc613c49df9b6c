using System.Diagnostics;
using DistNet.Hosting;

namespace DistNet.Cluster.Tests;

/// <summary>A run on a cluster of real processes to which a plan of faults happens, as <c>distnet up --faults</c> does it.</summary>
internal sealed class FaultRun : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(3);

    private readonly TemporaryFolder _folder = new();
    private readonly ToldProgress _told = new();
    private readonly Stopwatch _watch = Stopwatch.StartNew();

    private FaultRun(TrainingResult? result) => Result = result!;

    public TrainingResult Result { get; private set; }

    public TimeSpan Elapsed => _watch.Elapsed;

    /// <summary>Runs to the end.</summary>
    /// <param name="plan">What happens.</param>
    /// <param name="options">The run.</param>
    public static async Task<FaultRun> RunAsync(string plan, TrainingOptions options)
    {
        var run = new FaultRun(null);
        try
        {
            run.Result = await LocalSession.RunAsync(run.Cluster(plan, options), options with { Out = run._folder.In("run") }, null, run._told, default).WaitAsync(Deadline);
            return run;
        }
        catch (Exception e)
        {
            var story = run.Story();
            run.Dispose();
            throw new InvalidOperationException($"{plan}\n{e.Message}\n{story}", e);
        }
    }

    /// <summary>What the run told, and what its nodes logged.</summary>
    public string Story() => string.Join('\n', _told.Lines.Where(line => line.StartsWith("notice ", StringComparison.Ordinal)).Concat(
        Directory.EnumerateFiles(_folder.Path, "*.log").Order().SelectMany(path => LogOf(Path.GetFileNameWithoutExtension(path)).Split('\n').Select(line => $"{Path.GetFileName(path)}: {line}"))));

    /// <summary>Whether one line held all of it.</summary>
    public bool WasTold(params string[] parts) => _told.Lines.Any(told => parts.All(part => told.Contains(part, StringComparison.Ordinal)));

    public string LogOf(string node)
    {
        using var reader = new StreamReader(new FileStream(_folder.In($"{node}.log"), FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return reader.ReadToEnd();
    }

    public void Dispose() => _folder.Dispose();

    private LocalClusterOptions Cluster(string plan, TrainingOptions options)
    {
        var path = _folder.In("faults.json");
        File.WriteAllText(path, plan);
        return new LocalClusterOptions
        {
            Command = CommandProcess.Program,
            Directory = _folder.Path,
            Workers = options.Workers,
            Servers = options.Servers,
            DataRoot = _folder.Path,
            Faults = new FaultFile(path, FaultPlan.Load(path)),
        };
    }
}
