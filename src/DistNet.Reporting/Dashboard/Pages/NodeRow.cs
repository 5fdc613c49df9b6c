using System.Globalization;
using DistNet.Cluster;
using DistNet.Hosting;
using static System.FormattableString;

namespace DistNet.Reporting;

/// <summary>One line of the table of nodes; of workers where a run is in one process.</summary>
/// <param name="Name">Such as worker-3.</param>
/// <param name="State">What it does, in a word.</param>
/// <param name="Tone">The line's class: good, warn, lost or none.</param>
internal sealed record NodeRow(string Name, string State, string Tone)
{
    /// <summary>Lines of a table at most.</summary>
    private const int Most = 64;

    public string Step { get; init; } = "";

    public string Lanes { get; init; } = "";

    /// <summary>Samples a second.</summary>
    public string Rate { get; init; } = "";

    /// <summary>Share of its time.</summary>
    public string Computes { get; init; } = "";

    /// <summary>How much, and for whom.</summary>
    public string Waits { get; init; } = "";

    public string Process { get; init; } = "";

    /// <summary>What is worth knowing of its past; null: nothing.</summary>
    public string? Mark { get; init; }

    /// <summary>The lines of the table, and how many more there would be; where there are too many, those in trouble come first.</summary>
    public static (IReadOnlyList<NodeRow> Rows, int More) Of(DashboardView view)
    {
        NodeRow[] all = [.. view.Cluster is null ? Workers(view) : view.Nodes.Select(node => Of(node, view))];
        return all.Length <= Most ? (all, 0) : ([.. all.OrderBy(row => row.Tone == "lost" ? 0 : row.State == "unfit" ? 1 : 2).Take(Most)], all.Length - Most);
    }

    private static IEnumerable<NodeRow> Workers(DashboardView view)
    {
        var told = (view.Run?.Epoch?.Workers ?? []).ToDictionary(worker => worker.Name);
        foreach (var worker in view.Run?.Workers ?? [])
        {
            var state = view.Run!.End is not null ? "done" : told.GetValueOrDefault(worker.Name)?.State ?? "computing";
            yield return new NodeRow(worker.Name, state, view.Run.End is null ? "good" : "").With(worker) with
            {
                Step = Number(worker.Step),
                Lanes = told.GetValueOrDefault(worker.Name)?.Lanes ?? "",
            };
        }
    }

    private static NodeRow Of(NodeView node, DashboardView view)
    {
        var status = node.Node;
        var row = new NodeRow(status.Name, status.State, ToneOf(node))
        {
            Step = status.Step is { } step ? Number(step) : "",
            Lanes = status.Lanes,
            Process = Invariant($"{status.ProcessId} on {status.Host}"),
            Mark = MarkOf(node, view.Now),
        };
        return node.Node.State == "computing" && view.Run?.Workers.FirstOrDefault(worker => worker.Name == status.Name) is { } worker ? row.With(worker) : row;
    }

    private static string ToneOf(NodeView node) => node.IsLost ? "lost" : node.Node.State switch
    {
        "computing" or "serving" or "coordinating" => "good",
        "starting" or "joining" or "unfit" => "warn",
        _ => "",
    };

    private static string? MarkOf(NodeView node, DateTimeOffset now)
    {
        if (node.Node.State == "unfit")
        {
            return node.Node.Reason;
        }

        if (node.Losses == 0)
        {
            return null;
        }

        var why = node.Reason is null ? "" : $": {node.Reason}";
        var when = node.LostAt.ToString("HH:mm:ss", CultureInfo.InvariantCulture);
        return node.Node.State == NodeView.Lost
            ? Invariant($"lost {Math.Max(0, (now - node.LostAt).TotalSeconds):0} s ago{why}")
            : Invariant($"back; was lost {(node.Losses == 1 ? "" : $"{node.Losses} times, last ")}at {when}{why}");
    }

    private static string Number(long value) => NumberText.Count(value);

    private NodeRow With(WorkerView worker) => this with
    {
        Rate = worker.Rate > 0 ? NumberText.Of(worker.Rate) : "",
        Computes = Invariant($"{100 * worker.Share(worker.Compute):0} %"),
        Waits = WaitsOf(worker.Spans),
    };

    /// <summary>Of its latest units.</summary>
    private static string WaitsOf(IReadOnlyList<WorkSpan> spans)
    {
        var waited = spans.Sum(span => (span.Start - span.Begin).TotalSeconds);
        var all = spans.Sum(span => (span.End - span.Begin).TotalSeconds);
        if (all <= 0 || waited / all < 0.005)
        {
            return "";
        }

        var longest = spans.GroupBy(span => span.WaitedFor, span => (span.Start - span.Begin).TotalSeconds).MaxBy(cause => cause.Sum())!.Key;
        return Invariant($"{100 * waited / all:0} %{(longest < 0 ? "" : $", for {WaitingCause.NameOf(longest)}")}");
    }
}
