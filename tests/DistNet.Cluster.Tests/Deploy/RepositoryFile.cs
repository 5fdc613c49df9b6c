namespace DistNet.Cluster.Tests;

/// <summary>Files of the source tree that the tests were built from.</summary>
internal static class RepositoryFile
{
    public static readonly string Root = FindRoot();

    public static string PathOf(string path) => Path.Combine(Root, path);

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "DistNet.sln")))
        {
            folder = folder.Parent;
        }

        return folder.FullName;
    }
}
