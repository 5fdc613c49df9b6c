using DistNet.Protocol;

namespace DistNet.Hosting;

/// <summary>Whom a run waits for, as a line to be read.</summary>
public static class WaitingLine
{
    /// <summary>Such as "waiting for worker-3 (step 812, lane 5), 6 s".</summary>
    /// <param name="waiting">What was observed.</param>
    /// <param name="about">What is known of an actor beside its name, such as "(pid 7, alpha): last heard 1.8 s ago"; null: nothing.</param>
    public static string Of(in Waiting waiting, Func<ActorId, string?>? about = null) =>
        $"waiting for {Whom(waiting, about)}, {waiting.Since.TotalSeconds:F0} s";

    /// <summary>The same without how long.</summary>
    public static string Whom(in Waiting waiting, Func<ActorId, string?>? about = null) =>
        waiting.For.Count == 0 ? waiting.What : string.Join(", ", waiting.For.Select(awaited => Name(awaited, about?.Invoke(awaited.Actor))));

    private static string Name(Awaited awaited, string? about)
    {
        var details = DetailsOf(awaited);
        return about is not null ? $"{awaited.Actor} {string.Join(", ", details.Prepend(about))}"
            : details.Count == 0 ? $"{awaited.Actor}"
            : $"{awaited.Actor} ({string.Join(", ", details)})";
    }

    private static List<string> DetailsOf(Awaited awaited)
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

        return details;
    }
}
