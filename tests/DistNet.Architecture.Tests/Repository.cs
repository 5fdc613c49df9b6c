using System.Xml.Linq;

namespace DistNet.Architecture.Tests;

/// <summary>The source tree this test was built from.</summary>
internal static class Repository
{
    public static readonly string Root = FindRoot();

    public static IEnumerable<string> Projects => Directory.EnumerateFiles(Path.Combine(Root, "src"), "*.csproj", SearchOption.AllDirectories);

    public static IEnumerable<string> Sources(string folder) => Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories)
        .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin"));

    public static string NameOf(string project) => Path.GetFileNameWithoutExtension(project);

    /// <summary>Names of the projects that a project refers to.</summary>
    /// <param name="project">The project's file.</param>
    /// <param name="withFilesOnly">Without those that are only built before it.</param>
    public static IEnumerable<string> ReferencesOf(string project, bool withFilesOnly = false) => XDocument.Load(project).Descendants("ProjectReference")
        .Where(reference => !withFilesOnly || reference.Attribute("ReferenceOutputAssembly")?.Value != "false")
        .Select(reference => NameOf(reference.Attribute("Include")!.Value.Replace('\\', '/')));

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
