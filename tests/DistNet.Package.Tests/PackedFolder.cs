using System.Security;
using System.Text.Json;

namespace DistNet.Package.Tests;

/// <summary>All packages, packed once from what is built, in a folder of their own. Nothing that others read is written into the source tree.</summary>
public sealed class PackedFolder : IAsyncLifetime
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("distnet-test-");

    public string Packages => In("packages");

    /// <summary>Where restored packages go, instead of the user's cache.</summary>
    public KeyValuePair<string, string> Cache => new("NUGET_PACKAGES", In("cache"));

    /// <summary>The folder that holds what this source tree was restored from: a source that needs no network.</summary>
    public static string Restored
    {
        get
        {
            using var assets = JsonDocument.Parse(File.ReadAllText(Repository.PathOf("src", "DistNet", "obj", "project.assets.json")));
            return assets.RootElement.GetProperty("packageFolders").EnumerateObject().First().Name;
        }
    }

    /// <summary>Those that say so by importing Package.props.</summary>
    public static IReadOnlyList<string> Projects { get; } =
        [.. Directory.EnumerateFiles(Repository.PathOf("src"), "*.csproj", SearchOption.AllDirectories)
            .Where(project => File.ReadAllText(project).Contains("Package.props", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)];

    /// <summary>A path in the folder.</summary>
    public string In(params string[] parts) => Path.Combine([_root.FullName, .. parts]);

    /// <summary>A new folder with nothing in it.</summary>
    public string NewFolder(string name) => _root.CreateSubdirectory(name).FullName;

    public async Task InitializeAsync()
    {
        await File.WriteAllTextAsync(In("pack.proj"), PackAll());
        var packed = await AnyProcess.DotNetAsync(_root.FullName, ["msbuild", "pack.proj", "-nologo", "-v:minimal"]);
        packed.ExitCode.ShouldBe(0, packed.Out + packed.Error);
    }

    public Task DisposeAsync()
    {
        _root.Delete(recursive: true);
        return Task.CompletedTask;
    }

    /// <summary>One process for all of them; what others build at the same time is only read.</summary>
    private string PackAll() =>
        $"""
        <Project>
          <Target Name="Build">
            <MSBuild Projects="{SecurityElement.Escape(string.Join(';', Projects))}" Targets="Pack"
                     Properties="Configuration={Repository.Configuration};NoBuild=true;PackageOutputPath={Packages};PublishDir={In("publish")}/;NuspecOutputPath={In("nuspec")}/" />
          </Target>
        </Project>
        """;
}
