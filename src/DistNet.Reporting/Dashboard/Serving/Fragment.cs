using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace DistNet.Reporting;

/// <summary>A part of the page that is drawn, and sent, on its own.</summary>
/// <param name="Id">Of its element on the page.</param>
/// <param name="Html">What is in that element.</param>
/// <param name="Version">Of the board when it changed last.</param>
internal sealed record Fragment(string Id, string Html, long Version)
{
    // It goes to JSON.parse and nowhere else, so that nothing but JSON's own characters needs an escape.
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>As a server-sent event, made once for all viewers.</summary>
    public ReadOnlyMemory<byte> Event { get; } =
        Encoding.UTF8.GetBytes($"event: fragment\ndata: {JsonSerializer.Serialize(new { Id, Html }, Json)}\n\n");
}
