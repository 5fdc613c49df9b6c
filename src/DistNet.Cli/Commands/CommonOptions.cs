using System.CommandLine;
using DistNet.Hosting;

namespace DistNet.Cli;

/// <summary>Options that several verbs share.</summary>
internal static class CommonOptions
{
    public static Option<string> Run() => new("--run") { HelpName = "DIR", Required = true, Description = "The run folder" };

    /// <summary>The first form is the default.</summary>
    public static Option<string> Format(params string[] forms)
    {
        var option = new Option<string>("--format")
        {
            HelpName = string.Join('|', forms),
            Description = $"How the result is printed [default: {forms[0]}]",
        };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is { } text && !forms.Contains(text))
            {
                result.AddError($"--format: '{text}' is not one of {string.Join(", ", forms)}{NameHint.For(text, forms)}");
            }
        });
        return option;
    }
}
