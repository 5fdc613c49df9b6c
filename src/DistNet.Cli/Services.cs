using DistNet.Hosting;
using DistNet.Learning;

namespace DistNet.Cli;

/// <summary>The real parts behind the verbs.</summary>
internal static class Services
{
    public static CommandServices Create() => new()
    {
        Train = TrainingSession.RunAsync,
        Evaluate = (_, _, _) => throw new NotSupportedException("this build has no inference"),
        Predict = (_, _, _) => throw new NotSupportedException("this build has no inference"),
        Data = DataCatalog.All,
    };
}
