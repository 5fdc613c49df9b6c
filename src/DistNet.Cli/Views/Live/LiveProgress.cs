using DistNet.Hosting;
using Spectre.Console;
using Spectre.Console.Rendering;
using static System.FormattableString;

namespace DistNet.Cli;

/// <summary>
/// The live view of a run: recent epochs, a row for each node or worker, a bar with the time left. Reports only store what
/// they bring, so that a fast run is not slowed by its picture.
/// </summary>
internal sealed class LiveProgress(int evalEvery) : ITrainingProgress, ILiveView
{
    private const int MostEpochs = 12;

    private static readonly LiveColumn[] EpochColumns = [new("epoch"), new("train loss"), new("test loss", 44), new("accuracy"), new("samples/s", 56)];
    private static readonly LiveColumn[] WorkerColumns = [new("worker"), new("lanes", 44), new("samples/s"), new("state")];
    private static readonly LiveColumn[] NodeColumns = [new("node"), new("state"), new("step"), new("lanes", 44), new("pid", 56)];

    private readonly Lock _lock = new();
    private readonly Queue<EpochReport> _epochs = [];
    private readonly RunPace _pace = new();
    private IReadOnlyList<WorkerReport> _workers = [];
    private IReadOnlyList<NodeReport> _nodes = [];

    public SaidLines Lines { get; } = new();

    public void Started(RunDescription description) => Lines.Say(PlainProgress.Describe(description));

    public void Epoch(EpochReport report)
    {
        lock (_lock)
        {
            _workers = report.Workers;
            if (!PlainProgress.IsReported(report, evalEvery))
            {
                return;
            }

            _epochs.Enqueue(report);
            if (_epochs.Count > MostEpochs)
            {
                _epochs.Dequeue();
            }
        }
    }

    public void Step(in StepReport report)
    {
        lock (_lock)
        {
            _pace.Step(report);
        }
    }

    public void Nodes(IReadOnlyList<NodeReport> nodes)
    {
        lock (_lock)
        {
            _nodes = nodes;
        }
    }

    public void Notice(string line) => Lines.Say($"distnet: {line}");

    public IRenderable Draw(int width, int height)
    {
        lock (_lock)
        {
            var members = Members(width, Math.Max(1, (height - 1) / 2));
            var epochs = Epochs(width, height - 1 - RowsOf(members));
            return new Rows([.. epochs, .. members, new Text(LiveBar.Of(_pace.Done, _pace.ToString(), width))]);
        }
    }

    /// <summary>The latest epochs for which there is room; nothing without room for one.</summary>
    private IRenderable[] Epochs(int width, int height)
    {
        var room = height - LiveTable.TitleRows;
        return _epochs.Count == 0 || room < 1 ? [] : [LiveTable.Of(width, EpochColumns, _epochs.TakeLast(room).Select(Cells))];
    }

    /// <summary>Nodes where there are any, else workers; what there is no room for is counted.</summary>
    private IRenderable[] Members(int width, int height)
    {
        var room = height - LiveTable.TitleRows;
        return _nodes.Count > 0
            ? Part(NodeColumns, _nodes.Count <= room ? _nodes : [.. _nodes.OrderByDescending(IsWrong)], Cells, width, room)
            : Part(WorkerColumns, _workers, Cells, width, room);
    }

    private static IRenderable[] Part<T>(LiveColumn[] columns, IReadOnlyList<T> members, Func<T, string[]> cells, int width, int room) =>
        members.Count == 0 || room < 1 ? []
        : members.Count <= room ? [LiveTable.Of(width, columns, members.Select(cells))]
        : [LiveTable.Of(width, columns, members.Take(room - 1).Select(cells)), new Text(Invariant($"and {members.Count - room + 1} more"))];

    private static int RowsOf(IRenderable[] parts) => parts.Sum(part => part is Table table ? table.Rows.Count + LiveTable.TitleRows : 1);

    /// <summary>Such nodes are shown first, where there is not room for all.</summary>
    private static bool IsWrong(NodeReport node) => node.State is "lost" or "unfit" or "starting" or "joining";

    private static string[] Cells(EpochReport r) =>
    [
        Invariant($"{r.Epoch}/{r.Epochs}"),
        LiveTable.Number(r.TrainLoss, "0.0000"),
        LiveTable.Number(r.TestLoss, "0.0000"),
        LiveTable.Number(r.TestAccuracy, "0.00 %"),
        LiveTable.Number(r.SamplesPerSecond, "0"),
    ];

    private static string[] Cells(WorkerReport w) => [w.Name, w.Lanes, LiveTable.Number(w.SamplesPerSecond, "0"), w.State];

    private static string[] Cells(NodeReport n) => [n.Name, n.State, Invariant($"{n.Step}"), n.Lanes, Invariant($"{n.ProcessId}")];
}
