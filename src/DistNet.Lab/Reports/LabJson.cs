using System.Text.Json;
using System.Text.Json.Serialization;

namespace DistNet.Lab;

/// <summary>How the laboratory's reports are written as JSON, and read again.</summary>
internal static class LabJson
{
    public static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };
}
