using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace DistNet.Lab;

/// <summary>What a comparison came to: comparison.json. Times in seconds, shares from 0 to 1.</summary>
public sealed record Comparison
{
    public const string FileName = "comparison.json";

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>Version of the JSON form: higher where a field has changed its meaning or gone.</summary>
    public int Schema { get; init; } = 1;

    /// <summary>What the runs were carried out on.</summary>
    public required string Under { get; init; }

    public required RunEnvironment Environment { get; init; }

    /// <summary>The configuration that all runs share, apart from mode and seed.</summary>
    public required JsonNode Options { get; init; }

    /// <summary>Null: none was asked for.</summary>
    public required double? TargetAccuracy { get; init; }

    /// <summary>Null: none was asked for.</summary>
    public required double? TargetLoss { get; init; }

    /// <summary>The run folder whose service times predict the time of an update; null: none recorded any.</summary>
    public required string? PredictedFrom { get; init; }

    /// <summary>One for each rule, in the order asked for.</summary>
    public required IReadOnlyList<RuleSummary> Rules { get; init; }

    /// <summary>In the order in which they were made.</summary>
    public required IReadOnlyList<ComparedRun> Runs { get; init; }

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    /// <summary>From the text of a comparison.json.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static Comparison Parse(string json) =>
        JsonSerializer.Deserialize<Comparison>(json, Json) ?? throw new JsonException("it is null");
}
