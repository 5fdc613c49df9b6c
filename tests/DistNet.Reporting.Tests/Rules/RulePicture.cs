using System.Globalization;
using DistNet.Hosting;

namespace DistNet.Reporting.Tests;

/// <summary>What a rule makes four workers do, drawn.</summary>
internal static class RulePicture
{
    public const int Computes = 0;
    public const int Cancelled = 1;
    public const int Waits = 2;

    private static readonly ChartPart[] Kinds =
        [new("computes, from this version", 0), new("cancelled", ChartStyles.Muted), new("waits, for whom", 1)];

    public static GanttModel Of(string rule, RulePlay play) => new(
        FormattableString.Invariant($"{rule}: {RulePlay.Workers} workers, worker-{RulePlay.Workers - 1} takes {RulePlay.SlowDown} times as long"),
        new("virtual time", "ms"),
        Kinds,
        [.. Enumerable.Range(0, RulePlay.Workers).Select(WaitingCause.NameOf)],
        [.. Enumerable.Range(0, RulePlay.Workers).SelectMany(worker => SpansOf(worker, play)).Where(span => span.From < RulePlay.Milliseconds).Select(Cut)])
    {
        Marks = new("an update is applied", 5, [.. play.Updates.Where(update => update <= RulePlay.Milliseconds)]),
    };

    private static IEnumerable<GanttSpan> SpansOf(int worker, RulePlay play)
    {
        var free = 0.0;
        foreach (var unit in play.Units.Where(unit => unit.Worker == worker))
        {
            if (unit.From > free)
            {
                yield return new(worker, Waits, free, unit.From) { Label = CauseOf(unit, play) };
            }

            yield return new(worker, unit.IsCancelled ? Cancelled : Computes, unit.From, unit.To)
            {
                Label = unit.IsCancelled ? null : unit.Version.ToString(CultureInfo.InvariantCulture),
            };
            free = unit.To;
        }
    }

    /// <summary>Nothing is on its way for any time: a wait ends with what somebody finishes.</summary>
    private static string CauseOf(RulePlay.Unit waiting, RulePlay play) =>
        WaitingCause.NameOf(play.Units.First(unit => unit.To == waiting.From && unit.Worker != waiting.Worker && !unit.IsCancelled).Worker);

    private static GanttSpan Cut(GanttSpan span) => span with { To = Math.Min(span.To, RulePlay.Milliseconds) };
}
