using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace DistNet.Reporting;

/// <summary>Components as text. Equal parameters give equal text.</summary>
public static class HtmlText
{
    /// <summary>The text of a component.</summary>
    /// <typeparam name="T">The component.</typeparam>
    /// <param name="parameters">Its parameters, by name.</param>
    public static async Task<string> OfAsync<T>(IDictionary<string, object?> parameters)
        where T : IComponent
    {
        await using var services = new ServiceCollection().BuildServiceProvider();
        await using var renderer = new HtmlRenderer(services, NullLoggerFactory.Instance);
        return await renderer.Dispatcher.InvokeAsync(async () =>
            (await renderer.RenderComponentAsync<T>(ParameterView.FromDictionary(parameters))).ToHtmlString());
    }

    /// <summary>The text of a component with one parameter, Model, as every chart is.</summary>
    /// <typeparam name="T">The component.</typeparam>
    /// <param name="model">What it shows.</param>
    public static Task<string> OfModelAsync<T>(object model)
        where T : IComponent => OfAsync<T>(new Dictionary<string, object?> { ["Model"] = model });
}
