using Xunit;

namespace DistNet.TestKit;

/// <summary>
/// Real data for tests that want it: the folder named by DISTNET_TEST_DATA, else shared/data beside the clone. Without
/// either such a test is skipped, and says so; mark it [SkippableFact].
/// </summary>
public static class TestData
{
    private const string Variable = "DISTNET_TEST_DATA";

    /// <summary>The folder of a data set, such as "mnist"; skips the test when it is not there.</summary>
    public static string Folder(string name)
    {
        var root = Root();
        var folder = root is null ? null : Path.Combine(root, name);
        Skip.IfNot(
            Directory.Exists(folder),
            $"no data '{name}': set {Variable} to a folder that holds it, or put it in shared/data beside the clone");
        return folder!;
    }

    /// <summary>Opens a file of a data set; skips the test when it is not there.</summary>
    public static FileStream Open(string name, string file)
    {
        var path = Path.Combine(Folder(name), file);
        Skip.IfNot(File.Exists(path), $"no file '{path}'");
        return File.OpenRead(path);
    }

    private static string? Root() => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named
        ? named
        : Path.GetDirectoryName(Repository.Root) is { } parent ? Path.Combine(parent, "shared", "data") : null;
}
