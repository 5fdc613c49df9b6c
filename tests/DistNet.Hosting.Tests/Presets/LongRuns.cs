namespace DistNet.Hosting.Tests;

/// <summary>Runs over several seeds and on large data, which are too long for everyday.</summary>
internal static class LongRuns
{
    private const string Variable = "DISTNET_LONG";

    /// <summary>Skips the test unless long runs were asked for.</summary>
    public static void Require() =>
        Skip.IfNot(Environment.GetEnvironmentVariable(Variable) == "1", $"a long run: set {Variable}=1");
}
