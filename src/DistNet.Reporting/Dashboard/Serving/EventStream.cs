using Microsoft.AspNetCore.Http;

namespace DistNet.Reporting;

/// <summary>Server-sent events for one viewer: all fragments, then those that change, and a beat when nothing does.</summary>
internal static class EventStream
{
    /// <summary>A page that hears nothing for longer than this a few times knows that the connection is dead.</summary>
    private static readonly TimeSpan BeatEvery = TimeSpan.FromSeconds(2);

    private static readonly ReadOnlyMemory<byte> Beat = "event: beat\ndata:\n\n"u8.ToArray();

    /// <summary>Ends with the board, the viewer or <paramref name="ending"/>.</summary>
    public static async Task WriteAsync(HttpContext context, FragmentBoard board, CancellationToken ending)
    {
        context.Response.ContentType = "text/event-stream";
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, ending);
        using var looking = board.Look();
        try
        {
            await WriteAsync(context.Response, board, gone.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The viewer has left, or the end has come and the viewer would not read it.
        }
    }

    private static async Task WriteAsync(HttpResponse response, FragmentBoard board, CancellationToken gone)
    {
        var changes = board.After(-1);
        while (true)
        {
            foreach (var fragment in changes.Fragments)
            {
                await response.Body.WriteAsync(fragment.Event, gone).ConfigureAwait(false);
            }

            if (changes.Fragments.Count == 0)
            {
                await response.Body.WriteAsync(Beat, gone).ConfigureAwait(false);
            }

            await response.Body.FlushAsync(gone).ConfigureAwait(false);
            if (changes.IsOver)
            {
                return;
            }

            await WaitAsync(changes.Next, gone).ConfigureAwait(false);
            changes = board.After(changes.Version);
        }
    }

    private static async Task WaitAsync(Task news, CancellationToken gone)
    {
        try
        {
            await news.WaitAsync(BeatEvery, gone).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // Then there is a beat.
        }
    }
}
