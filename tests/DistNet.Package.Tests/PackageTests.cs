using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;

namespace DistNet.Package.Tests;

/// <summary>What is packed can be used by somebody who has the packages and nothing else of this source tree.</summary>
public sealed class PackageTests(PackedFolder packed) : IClassFixture<PackedFolder>
{
    private static readonly string Version = XDocument.Load(Repository.PathOf("Directory.Build.props")).Descendants("Version").Single().Value;

    private static readonly string[] Ids =
        ["DistNet", "DistNet.Actors", "DistNet.Hosting", "DistNet.Learning", "DistNet.Numerics", "DistNet.Protocol", "DistNet.Tool"];

    [Fact]
    public void The_library_what_it_needs_and_the_tool_are_packed_and_nothing_else() =>
        Directory.EnumerateFiles(packed.Packages, "*.nupkg").Select(Path.GetFileName).ShouldBe(Ids.Select(id => $"{id}.{Version}.nupkg"), ignoreOrder: true);

    [Fact]
    public void Every_package_says_what_it_is_and_under_which_licence_and_has_a_readme()
    {
        foreach (var id in Ids)
        {
            using var package = ZipFile.OpenRead(FileOf(id));
            var described = Nuspec(package, id);
            described("id").ShouldBe(id);
            described("license").ShouldBe("Apache-2.0");
            described("description").Length.ShouldBeGreaterThan(40, id);
            package.GetEntry(described("readme")).ShouldNotBeNull(id);
        }
    }

    [Fact]
    public void No_package_names_a_path_of_the_machine_it_was_made_on()
    {
        var path = Encoding.UTF8.GetBytes(Repository.Root);
        foreach (var file in Directory.EnumerateFiles(packed.Packages))
        {
            using var package = ZipFile.OpenRead(file);
            package.Entries.Where(entry => entry.Name.StartsWith("DistNet", StringComparison.OrdinalIgnoreCase) && BytesOf(entry).AsSpan().IndexOf(path) >= 0)
                .Select(entry => entry.FullName).ShouldBeEmpty(file);
        }
    }

    /// <summary>The tool trains in an empty folder, and the library ends in the same bits, from the program in the README.</summary>
    [Fact]
    public async Task The_installed_tool_and_the_program_in_the_readme_train_to_the_same_bits()
    {
        var trained = await TrainByTheTool(packed.NewFolder("empty"));
        var printed = await RunTheReadme(packed.NewFolder("fresh"));

        printed[0].ShouldMatch("^9[0-9].*are right; the first is a [0-9]$");
        printed[1].ShouldBe(trained);
    }

    private async Task<string> TrainByTheTool(string empty)
    {
        var installed = await AnyProcess.DotNetAsync(
            empty, ["tool", "install", "--tool-path", packed.In("tool"), "--source", packed.Packages, "--version", Version, "DistNet.Tool"], packed.Cache);
        installed.ExitCode.ShouldBe(0, installed.Out + installed.Error);

        var outcome = await AnyProcess.RunAsync(
            [packed.In("tool", "distnet"), "train", "--data", "digits", "--hidden", "64", "--epochs", "10", "--workers", "2", "--format", "json"], empty);

        outcome.ExitCode.ShouldBe(0, outcome.Error);
        var result = JsonDocument.Parse(outcome.Out).RootElement;
        File.Exists(Path.Combine(empty, result.GetProperty("run").GetString()!, "manifest.json")).ShouldBeTrue();
        return result.GetProperty("weightsSha256").GetString()!;
    }

    private async Task<string[]> RunTheReadme(string fresh)
    {
        var block = Repository.CSharpBlocks(Repository.PathOf("README.md")).ShouldHaveSingleItem();
        await File.WriteAllLinesAsync(Path.Combine(fresh, "Program.cs"), [.. block, "Console.WriteLine(network.WeightsSha256);"]);
        await File.WriteAllTextAsync(Path.Combine(fresh, "Fresh.csproj"), Project());
        await File.WriteAllTextAsync(Path.Combine(fresh, "nuget.config"), Sources());

        var outcome = await AnyProcess.DotNetAsync(fresh, ["run", "-c", "Release"], packed.Cache);

        outcome.ExitCode.ShouldBe(0, outcome.Out + outcome.Error);
        return outcome.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

    /// <summary>As <c>dotnet new console</c> and <c>dotnet add package DistNet</c> leave it.</summary>
    private static string Project() =>
        $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            <ImplicitUsings>enable</ImplicitUsings>
            <Nullable>enable</Nullable>
          </PropertyGroup>
          <ItemGroup>
            <PackageReference Include="DistNet" Version="{Version}" />
          </ItemGroup>
        </Project>
        """;

    /// <summary>Our packages from those just packed, others from where this source tree has them.</summary>
    private string Sources() =>
        $"""
        <configuration>
          <packageSources>
            <clear />
            <add key="packed" value="{packed.Packages}" />
            <add key="restored" value="{PackedFolder.Restored}" />
          </packageSources>
          <packageSourceMapping>
            <packageSource key="packed">
              <package pattern="DistNet" />
              <package pattern="DistNet.*" />
            </packageSource>
            <packageSource key="restored">
              <package pattern="*" />
            </packageSource>
          </packageSourceMapping>
        </configuration>
        """;

    private string FileOf(string id) => Path.Combine(packed.Packages, $"{id}.{Version}.nupkg");

    private static Func<string, string> Nuspec(ZipArchive package, string id)
    {
        using var stream = package.GetEntry($"{id}.nuspec")!.Open();
        var metadata = XDocument.Load(stream).Root!.Elements().Single();
        return name => metadata.Elements().Single(element => element.Name.LocalName == name).Value;
    }

    private static byte[] BytesOf(ZipArchiveEntry entry)
    {
        using var stream = entry.Open();
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
