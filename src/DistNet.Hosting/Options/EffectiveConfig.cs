using System.Text.Json;
using System.Text.Json.Nodes;

namespace DistNet.Hosting;

/// <summary>
/// The configuration a run came out with, as JSON: what <c>--print-config</c> prints, what config.json holds and what
/// <c>--config</c> reads. Options about the command itself, such as <c>--out</c>, are no part of it.
/// </summary>
public static class EffectiveConfig
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static string ToJson(TrainingOptions options)
    {
        var json = new JsonObject();
        foreach (var entry in OptionTable.Entries.Where(entry => entry.Scope == OptionScope.Run))
        {
            json[entry.Key] = entry.Get(options);
        }

        return json.ToJsonString(Indented);
    }
}
