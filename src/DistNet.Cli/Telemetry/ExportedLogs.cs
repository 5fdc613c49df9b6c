using Microsoft.Extensions.Logging;

namespace DistNet.Cli;

/// <summary>The part of a process's log that goes to a collector, from when the export begins.</summary>
internal sealed class ExportedLogs(OtlpExport export) : ILoggerProvider
{
    public ILogger CreateLogger(string categoryName) => new Writer(export, categoryName);

    public void Dispose()
    {
    }

    private sealed class Writer(OtlpExport export, string category) : ILogger
    {
        private ILogger? _target;

        private ILogger? Target => _target ??= export.Log(category);

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => Target?.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => Target?.IsEnabled(logLevel) == true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Target?.Log(logLevel, eventId, state, exception, formatter);
    }
}
