using System.Diagnostics;
using System.Net;

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
    private readonly PageDrawing _drawing = new();
    private readonly Thread _thread;
    private volatile bool _isUrgent;
    private volatile bool _isEnding;

    public Painter(DashboardModel model)
    {
        _model = model;
        Board = new FragmentBoard(() => _wake.Set(), Every);
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
        _drawing.Dispose();
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
            Board.Publish(_drawing.ChangedAsync(_model.View()).GetAwaiter().GetResult(), isLast);
        }
        catch (Exception e)
        {
            _drawing.Forget();
            Board.Publish([(PageFragments.Head, $"<p class=\"bad\">This page cannot be drawn: {WebUtility.HtmlEncode(e.Message)}</p>")], isLast);
        }
    }
}
