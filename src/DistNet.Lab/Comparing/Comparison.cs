using System.Text.Json;
using System.Text.Json.Nodes;
using DistNet.Hosting;

namespace DistNet.Lab;

/// <summary>What a comparison came to: comparison.json. Times in seconds, shares from 0 to 1.</summary>
public sealed record Comparison
{
    public const string FileName = "comparison.json";

    /// <summary>Version of the JSON form: higher where a field has changed its meaning or gone.</summary>
    public int Schema { get; init; } = 2;

    /// <summary>What the runs were carried out on.</summary>
    public required string Under { get; init; }

    public required RunEnvironment Environment { get; init; }

    /// <summary>The configuration that all runs share, apart from mode and seed.</summary>
    public required JsonNode Options { get; init; }

    /// <summary>Null: none was asked for.</summary>
    public required double? TargetAccuracy { get; init; }

    /// <summary>Null: none was asked for.</summary>
    public required double? TargetLoss { get; init; }

    /// <summary>The folders of the runs, all of one rule, whose service times predict the time of an update; none: none recorded any.</summary>
    public required IReadOnlyList<string> PlannedFrom { get; init; }

    /// <summary>One for each rule, in the order asked for.</summary>
    public required IReadOnlyList<RuleSummary> Rules { get; init; }

    /// <summary>In the order in which they were made.</summary>
    public required IReadOnlyList<ComparedRun> Runs { get; init; }

    public string ToJson() => JsonSerializer.Serialize(this, LabJson.Options);

    /// <summary>From the text of a comparison.json.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static Comparison Parse(string json) =>
        JsonSerializer.Deserialize<Comparison>(json, LabJson.Options) ?? throw new JsonException("it is null");
}
