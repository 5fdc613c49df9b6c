using System.Text.Json;

namespace DistNet.Dashboard.Tests;

/// <summary>A viewer's end of the server-sent events.</summary>
internal sealed class EventReader(StreamReader reader) : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    /// <summary>What is on the page, by the parts that were sent.</summary>
    public Dictionary<string, string> Parts { get; } = [];

    /// <summary>How often each part was sent.</summary>
    public Dictionary<string, int> Sent { get; } = [];

    public static async Task<EventReader> OpenAsync(HttpClient client) => new(new StreamReader(await client.GetStreamAsync("events")));

    /// <summary>Reads on until a part shows a text.</summary>
    public async Task UntilAsync(string part, string text)
    {
        while (!Parts.GetValueOrDefault(part, "").Contains(text, StringComparison.Ordinal))
        {
            (await NextAsync()).ShouldNotBeNull($"the stream ended before {part} showed {text}");
        }
    }

    /// <summary>Reads the next event and returns its kind; null: the stream has ended.</summary>
    public async Task<string?> NextAsync()
    {
        if (await LineAsync() is not { } kind)
        {
            return null;
        }

        kind.ShouldStartWith("event: ");
        var data = await LineAsync();
        data.ShouldNotBeNull().ShouldStartWith("data:");
        (await LineAsync()).ShouldBe("");
        if (kind == "event: fragment")
        {
            using var json = JsonDocument.Parse(data["data:".Length..]);
            var id = json.RootElement.GetProperty("id").GetString()!;
            Parts[id] = json.RootElement.GetProperty("html").GetString()!;
            Sent[id] = Sent.GetValueOrDefault(id) + 1;
        }

        return kind["event: ".Length..];
    }

    public void Dispose() => reader.Dispose();

    private Task<string?> LineAsync() => reader.ReadLineAsync().WaitAsync(Deadline);
}
