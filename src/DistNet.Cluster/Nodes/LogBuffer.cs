using System.Globalization;
using Microsoft.Extensions.Logging;

namespace DistNet.Cluster;

/// <summary>The last lines of a process's log, for those who ask from elsewhere. Many threads.</summary>
public sealed class LogBuffer(TimeProvider time) : ILoggerProvider
{
    private const int LinesKept = 2000;

    private readonly Queue<string> _lines = [];

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lines)
            {
                return [.. _lines];
            }
        }
    }

    public ILogger CreateLogger(string categoryName) => new Writer(this);

    public void Dispose()
    {
    }

    private void Add(LogLevel level, string message)
    {
        var line = $"{time.GetLocalNow().ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture)} {level.ToString().ToLowerInvariant()}: {message}";
        lock (_lines)
        {
            _lines.Enqueue(line);
            if (_lines.Count > LinesKept)
            {
                _lines.Dequeue();
            }
        }
    }

    private sealed class Writer(LogBuffer buffer) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                buffer.Add(logLevel, formatter(state, exception));
            }
        }
    }
}
