using System.Text.Json;
using DistNet.Hosting;

namespace DistNet.Lab;

/// <summary>What a study came to: study.json. Times are virtual seconds.</summary>
public sealed record StudyReport
{
    public const string FileName = "study.json";

    /// <summary>Version of the JSON form: higher where a field has changed its meaning or gone.</summary>
    public int Schema { get; init; } = 1;

    public required string Study { get; init; }

    public required string Question { get; init; }

    /// <summary>The first one of every row.</summary>
    public required ulong Seed { get; init; }

    public required RunEnvironment Environment { get; init; }

    /// <summary>Real time that it took.</summary>
    public required double RealSeconds { get; init; }

    public required IReadOnlyList<StudyTable> Tables { get; init; }

    /// <summary>The conclusion.</summary>
    public required IReadOnlyList<StudyFinding> Findings { get; init; }

    public string ToJson() => JsonSerializer.Serialize(this, LabJson.Options);

    /// <summary>From the text of a study.json.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static StudyReport Parse(string json) =>
        JsonSerializer.Deserialize<StudyReport>(json, LabJson.Options) ?? throw new JsonException("it is null");
}
