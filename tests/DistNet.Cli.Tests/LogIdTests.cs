using System.Reflection;
using Microsoft.Extensions.Logging;

namespace DistNet.Cli.Tests;

public sealed class LogIdTests
{
    /// <summary>A number in a log means one message, whichever part of the program wrote it.</summary>
    [Fact]
    public void Messages_of_the_whole_program_have_numbers_of_their_own()
    {
        var messages = Program(typeof(DistNetCommand).Assembly)
            .SelectMany(assembly => assembly.GetTypes())
            .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Select(method => (Method: method, Id: method.GetCustomAttribute<LoggerMessageAttribute>()?.EventId))
            .Where(message => message.Id is not null)
            .ToList();
        messages.Select(message => message.Method.DeclaringType!.Assembly.GetName().Name).Distinct().Intersect(["distnet", "DistNet.Cluster"]).Count().ShouldBe(2, "the test must see those that there are");
        messages.GroupBy(message => message.Id).Where(group => group.Count() > 1)
            .ShouldBeEmpty(string.Join("; ", messages.GroupBy(message => message.Id).Where(group => group.Count() > 1).Select(group => $"{group.Key}: {string.Join(", ", group.Select(one => one.Method.Name))}")));
    }

    private static List<Assembly> Program(Assembly root)
    {
        var found = new List<Assembly> { root };
        for (var i = 0; i < found.Count; i++)
        {
            found.AddRange(found[i].GetReferencedAssemblies()
                .Where(name => name.Name!.StartsWith("DistNet.", StringComparison.Ordinal) && found.TrueForAll(one => one.GetName().Name != name.Name))
                .Select(Assembly.Load));
        }

        return found;
    }
}
