using Microsoft.Extensions.Logging;

namespace DistNet.Cluster.Tests;

public sealed class PlacedLogTests
{
    [Fact]
    public void A_line_s_scope_says_node_run_and_step_as_far_as_they_are_known()
    {
        var place = new LogPlace("worker");
        var provider = new Scopes();
        using var factory = LoggerFactory.Create(builder => builder.AddProvider(provider));
        var log = new PlacedLog(factory.CreateLogger("node"), () => place);

        log.RunBegins("a-run");
        place = new LogPlace("worker-1", "a-run");
        log.RunBegins("a-run");
        place = new LogPlace("worker-1", "a-run", 7);
        log.RunBegins("a-run");

        provider.Seen.ShouldBe(["node=worker", "node=worker-1 run=a-run", "node=worker-1 run=a-run step=7"]);
    }

    private sealed class Scopes : ILoggerProvider, ISupportExternalScope, ILogger
    {
        private IExternalScopeProvider _scopes = null!;

        public List<string> Seen { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            _scopes.ForEachScope((scope, seen) => seen.Add($"{scope}"), Seen);

        public void Dispose()
        {
        }
    }
}
