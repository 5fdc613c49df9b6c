using System.Diagnostics;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace DistNet.Reporting;

/// <summary>
/// Draws the page on a thread of its own, while somebody looks: about once a second, sooner when something urgent happens, and of the page only what
/// can have changed. The run's threads never draw.
/// </summary>
internal sealed class Painter : IDisposable
{
    /// <summary>From one drawing to the next. Below a second, so that a page is never older than that.</summary>
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(900);

    /// <summary>Not sooner than that, whatever happens.</summary>
    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(250);

    private readonly DashboardModel _model;
    private readonly AutoResetEvent _wake = new(false);
    private readonly ServiceProvider _services = new ServiceCollection().BuildServiceProvider();
    private readonly Dictionary<string, (object? Stamp, string Html)> _drawn = [];
    private readonly Thread _thread;
    private volatile bool _isUrgent;
    private volatile bool _isEnding;

    public Painter(DashboardModel model)
    {
        _model = model;
        Board = new FragmentBoard(() => _wake.Set());
        _model.Urgent += OnUrgent;
        _thread = new Thread(Run) { IsBackground = true, Name = "dashboard", Priority = ThreadPriority.Lowest };
        _thread.Start();
    }

    public FragmentBoard Board { get; }

    /// <summary>How often something was drawn; for tests.</summary>
    public long Drawings { get; private set; }

    /// <summary>Draws what is now a last time, for those who look.</summary>
    public void Finish()
    {
        _model.Urgent -= OnUrgent;
        _isEnding = true;
        _wake.Set();
        _thread.Join();
    }

    /// <summary>When nobody can come to look any more.</summary>
    public void Dispose()
    {
        _services.Dispose();
        _wake.Dispose();
    }

    private void OnUrgent()
    {
        _isUrgent = true;
        _wake.Set();
    }

    private void Run()
    {
        while (!_isEnding)
        {
            if (!Board.IsWanted)
            {
                _wake.WaitOne();
                continue;
            }

            var began = Stopwatch.GetTimestamp();
            Draw(isLast: false);
            Rest(began);
        }

        Draw(isLast: true);
    }

    private void Rest(long began)
    {
        while (!_isEnding && Every - Stopwatch.GetElapsedTime(began) is { Ticks: > 0 } left)
        {
            var limit = _isUrgent ? Least - Stopwatch.GetElapsedTime(began) : left;
            if (limit <= TimeSpan.Zero)
            {
                return;
            }

            _wake.WaitOne(limit);
        }
    }

    /// <summary>A page that cannot be drawn is no reason to end a run: it says so.</summary>
    private void Draw(bool isLast)
    {
        _isUrgent = false;
        Drawings++;
        try
        {
            Board.Publish(ChangedAsync(_model.View()).GetAwaiter().GetResult(), isLast);
        }
        catch (Exception e)
        {
            Board.Publish([(PageFragments.Head, $"<p class=\"bad\">This page cannot be drawn: {System.Net.WebUtility.HtmlEncode(e.Message)}</p>")], isLast);
        }
    }

    private async Task<List<(string Id, string Html)>> ChangedAsync(DashboardView view)
    {
        var changed = new List<(string Id, string Html)>();

        // A renderer keeps what it has drawn, so each drawing has one of its own.
        await using var renderer = new HtmlRenderer(_services, NullLoggerFactory.Instance);
        foreach (var fragment in PageFragments.All)
        {
            var stamp = fragment.Stamp(view);
            var before = _drawn.GetValueOrDefault(fragment.Id);
            if (before.Html is not null && Equals(before.Stamp, stamp))
            {
                continue;
            }

            var html = await HtmlOfAsync(renderer, fragment.Component, view).ConfigureAwait(false);
            _drawn[fragment.Id] = (stamp, html);
            if (html != before.Html)
            {
                changed.Add((fragment.Id, html));
            }
        }

        return changed;
    }

    private static Task<string> HtmlOfAsync(HtmlRenderer renderer, Type component, DashboardView view) => renderer.Dispatcher.InvokeAsync(async () =>
        (await renderer.RenderComponentAsync(component, ParameterView.FromDictionary(new Dictionary<string, object?> { [nameof(PanelBase.Moment)] = view })).ConfigureAwait(false)).ToHtmlString());
}
