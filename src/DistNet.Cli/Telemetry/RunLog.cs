using Microsoft.Extensions.Logging;

namespace DistNet.Cli;

/// <summary>What is logged of a run in this process. On stderr the view of the run says it.</summary>
internal static partial class RunLog
{
    [LoggerMessage(100, LogLevel.Information, "{Network} on {Data}: {Mode}, {Workers} workers, {Servers} servers, {Lanes} lanes, from update {Version} on")]
    public static partial void Began(this ILogger log, string network, string data, string mode, int workers, int servers, int lanes, long version);

    [LoggerMessage(101, LogLevel.Information, "epoch {Epoch} of {Epochs}: train loss {TrainLoss}, test loss {TestLoss}, accuracy {Accuracy}")]
    public static partial void EpochEnded(this ILogger log, int epoch, int epochs, double trainLoss, double? testLoss, double? accuracy);

    [LoggerMessage(102, LogLevel.Warning, "{Notice}")]
    public static partial void Noticed(this ILogger log, string notice);

    [LoggerMessage(103, LogLevel.Information, "{Steps} updates done, stopped early: {Stopped}; weights {WeightsSha256}")]
    public static partial void Ended(this ILogger log, long steps, bool stopped, string weightsSha256);

    [LoggerMessage(104, LogLevel.Error, "the run failed: {Reason}")]
    public static partial void Failed(this ILogger log, string reason);
}
