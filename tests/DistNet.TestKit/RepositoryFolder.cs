namespace DistNet.TestKit;

/// <summary>The clone that the tests were built in.</summary>
public static class RepositoryFolder
{
    /// <summary>Its root, which holds DistNet.sln; null where the tests were copied away from it.</summary>
    public static string? Root { get; } = Find(new DirectoryInfo(AppContext.BaseDirectory));

    /// <summary>The path of a file of the repository.</summary>
    /// <exception cref="InvalidOperationException">The tests do not run in a clone.</exception>
    public static string File(params string[] parts) =>
        Path.Combine([Root ?? throw new InvalidOperationException("the tests do not run in a clone of the repository"), .. parts]);

    private static string? Find(DirectoryInfo? folder) =>
        folder is null || System.IO.File.Exists(Path.Combine(folder.FullName, "DistNet.sln")) ? folder?.FullName : Find(folder.Parent);
}
