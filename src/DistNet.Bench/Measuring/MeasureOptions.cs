using System.Text.Json.Serialization;

namespace DistNet.Bench;

/// <summary>How long and how often sides are measured.</summary>
public sealed record MeasureOptions
{
    /// <summary>Rounds in which every side has one turn.</summary>
    public int Rounds { get; init; } = 7;

    /// <summary>Seconds that one side is measured for, over all rounds of a comparison.</summary>
    public double Budget { get; init; } = 1;

    /// <summary>
    /// Rest before a turn. Idle threads of another library may spin for some ten milliseconds after their last task, and would be
    /// measured with the next side.
    /// </summary>
    [JsonIgnore]
    public TimeSpan Pause { get; init; } = TimeSpan.FromMilliseconds(50);

    public double SecondsPerTurn => Budget / Rounds;
}
