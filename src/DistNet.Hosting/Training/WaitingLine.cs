using DistNet.Protocol;

namespace DistNet.Hosting;

/// <summary>Whom a run waits for, as a line to be read.</summary>
public static class WaitingLine
{
    /// <summary>Such as "waiting for worker-3 (step 812, lane 5), 6 s".</summary>
    public static string Of(in Waiting waiting)
    {
        var who = waiting.For.Count == 0 ? waiting.What : string.Join(", ", waiting.For.Select(Name));
        return $"waiting for {who}, {waiting.Since.TotalSeconds:F0} s";
    }

    private static string Name(Awaited awaited)
    {
        var details = new List<string>(2);
        if (awaited.Step >= 0)
        {
            details.Add($"step {awaited.Step}");
        }

        if (awaited.EndLane > awaited.FirstLane)
        {
            details.Add($"{(awaited.EndLane == awaited.FirstLane + 1 ? "lane" : "lanes")} {LaneText.Of(awaited.FirstLane, awaited.EndLane)}");
        }

        return details.Count == 0 ? $"{awaited.Actor}" : $"{awaited.Actor} ({string.Join(", ", details)})";
    }
}
