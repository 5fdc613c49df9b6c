using DistNet.Protocol;

namespace DistNet.Hosting;

/// <summary>How long one worker had nothing to do, and for whom it waited.</summary>
/// <param name="Worker">Its name.</param>
/// <param name="Units">Pieces of work it did.</param>
/// <param name="ComputeSeconds">Time it spent on them.</param>
/// <param name="WaitSeconds">Time without anything to do before them.</param>
/// <param name="Causes">The longest waits, by cause.</param>
public sealed record WaitingReport(string Worker, long Units, double ComputeSeconds, double WaitSeconds, IReadOnlyList<WaitingCause> Causes)
{
    /// <summary>Causes told of a worker, at most.</summary>
    public const int MostCauses = 4;

    public static IReadOnlyList<WaitingReport> Of(Asynchrony asynchrony) => [.. asynchrony.Waiting.Select(Of)];

    private static WaitingReport Of(WorkerWaiting waiting) => new(
        ActorId.Worker(waiting.Worker).ToString(),
        waiting.Units,
        waiting.Compute.TotalSeconds,
        waiting.Wait.TotalSeconds,
        [.. waiting.Causes.Take(MostCauses).Select(cause => new WaitingCause(WaitingCause.NameOf(cause.Worker), cause.Time.TotalSeconds))]);
}

/// <param name="For">The worker that was waited for; <see cref="Other"/>: none.</param>
/// <param name="Seconds">For how long.</param>
public sealed record WaitingCause(string For, double Seconds)
{
    /// <summary>An exchange with servers, an evaluation or a cut; or it is not known.</summary>
    public const string Other = "other";

    public static string NameOf(int worker) => worker < 0 ? Other : ActorId.Worker(worker).ToString();
}
