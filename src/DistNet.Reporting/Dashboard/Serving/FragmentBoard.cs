using System.Diagnostics;

namespace DistNet.Reporting;

/// <summary>The page as it was drawn last, and who looks at it. A viewer that is slow misses what came in between, not the latest. Many threads.</summary>
/// <param name="wake">Called when somebody comes to look.</param>
/// <param name="fresh">What was drawn so long ago need not be drawn again for one who comes.</param>
internal sealed class FragmentBoard(Action wake, TimeSpan fresh)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Fragment> _fragments = [];
    private TaskCompletionSource _news = NewSignal();
    private TaskCompletionSource? _asked;
    private long _version;
    private long _drawnAt;
    private int _viewers;
    private bool _isOver;

    /// <summary>Whether a drawing would be looked at.</summary>
    public bool IsWanted
    {
        get
        {
            lock (_lock)
            {
                return _viewers > 0 || _asked is not null;
            }
        }
    }

    /// <summary>Somebody looks until what is returned is disposed.</summary>
    public IDisposable Look()
    {
        lock (_lock)
        {
            _viewers++;
        }

        wake();
        return new Viewer(this);
    }

    /// <summary>The whole page, as it is now or was a moment ago.</summary>
    public async Task<IReadOnlyDictionary<string, Fragment>> DrawnAsync(CancellationToken cancellationToken)
    {
        Task drawn;
        lock (_lock)
        {
            var isFresh = _isOver || (_version > 0 && Stopwatch.GetElapsedTime(_drawnAt) < fresh);
            _asked ??= isFresh ? null : NewSignal();
            drawn = _asked?.Task ?? Task.CompletedTask;
        }

        wake();
        await drawn.WaitAsync(cancellationToken).ConfigureAwait(false);
        return After(-1).Fragments.ToDictionary(fragment => fragment.Id);
    }

    /// <summary>What has changed after a version.</summary>
    public Changes After(long version)
    {
        lock (_lock)
        {
            return new Changes(_version, [.. _fragments.Values.Where(fragment => fragment.Version > version)], _news.Task, _isOver);
        }
    }

    /// <summary>A drawing is done.</summary>
    /// <param name="changed">Those that are not as before, by their places on the page.</param>
    /// <param name="isLast">Nothing is drawn any more.</param>
    public void Publish(IReadOnlyList<(string Id, string Html)> changed, bool isLast = false)
    {
        TaskCompletionSource? news = null;
        TaskCompletionSource? asked;
        lock (_lock)
        {
            (asked, _asked) = (_asked, null);
            _drawnAt = Stopwatch.GetTimestamp();
            if (changed.Count > 0 || isLast)
            {
                _version++;
                _isOver = isLast;
                (news, _news) = (_news, NewSignal());
                foreach (var (id, html) in changed)
                {
                    _fragments[id] = new Fragment(id, html, _version);
                }
            }
        }

        news?.SetResult();
        asked?.SetResult();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Leave()
    {
        lock (_lock)
        {
            _viewers--;
        }
    }

    private sealed class Viewer(FragmentBoard board) : IDisposable
    {
        private FragmentBoard? _board = board;

        public void Dispose() => Interlocked.Exchange(ref _board, null)?.Leave();
    }
}

/// <param name="Version">Of the board.</param>
/// <param name="Fragments">Those that have changed.</param>
/// <param name="Next">Ends with the next change.</param>
/// <param name="IsOver">There will be none.</param>
internal sealed record Changes(long Version, IReadOnlyList<Fragment> Fragments, Task Next, bool IsOver);
