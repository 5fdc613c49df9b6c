using System.Collections;
using Microsoft.Extensions.Logging;

namespace DistNet.Cluster;

/// <summary>
/// A node's log: each line is written in a scope that says by which node it is, and of which run and step as far as that is known. Many threads,
/// none of which belongs to one run; so the scope is asked for with each line.
/// </summary>
/// <param name="inner">Where lines go.</param>
/// <param name="place">Where the node stands.</param>
internal sealed class PlacedLog(ILogger inner, Func<LogPlace> place) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => inner.BeginScope(state);

    public bool IsEnabled(LogLevel logLevel) => inner.IsEnabled(logLevel);

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
        {
            using var scope = inner.BeginScope(place());
            inner.Log(logLevel, eventId, state, exception, formatter);
        }
    }
}

/// <summary>Where a node stands when it writes a line.</summary>
/// <param name="Node">Its name; its role where it has none yet.</param>
/// <param name="Run">Its run; null: none.</param>
/// <param name="Step">The run's last update, or the step of a worker here; null: not known.</param>
internal sealed record LogPlace(string Node, string? Run = null, long? Step = null) : IReadOnlyList<KeyValuePair<string, object?>>
{
    public int Count => Run is null ? 1 : Step is null ? 2 : 3;

    public KeyValuePair<string, object?> this[int index] => index switch
    {
        0 => new("node", Node),
        1 when Count > 1 => new("run", Run),
        2 when Count > 2 => new("step", Step),
        _ => throw new ArgumentOutOfRangeException(nameof(index)),
    };

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => Enumerable.Range(0, Count).Select(i => this[i]).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => string.Join(' ', this.Select(pair => $"{pair.Key}={pair.Value}"));
}
