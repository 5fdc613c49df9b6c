using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace DistNet.Reporting;

/// <summary>The page as text, part by part; remembers what was drawn, and draws only what can have changed. Not for several threads.</summary>
internal sealed class PageDrawing : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().BuildServiceProvider();
    private readonly Dictionary<string, (object? Stamp, string Html)> _drawn = [];

    /// <summary>Those parts that are not as they were before.</summary>
    public async Task<IReadOnlyList<(string Id, string Html)>> ChangedAsync(DashboardView view)
    {
        var changed = new List<(string Id, string Html)>();

        // A renderer keeps what it has drawn, so each drawing has one of its own.
        await using var renderer = new HtmlRenderer(_services, NullLoggerFactory.Instance);
        foreach (var fragment in PageFragments.All)
        {
            var stamp = fragment.Stamp(view);
            var before = _drawn.GetValueOrDefault(fragment.Id);
            if (before.Html is not null && Equals(before.Stamp, stamp))
            {
                continue;
            }

            var html = await HtmlOfAsync(renderer, fragment.Component, view).ConfigureAwait(false);
            _drawn[fragment.Id] = (stamp, html);
            if (html != before.Html)
            {
                changed.Add((fragment.Id, html));
            }
        }

        return changed;
    }

    /// <summary>What was drawn last is not on the page, as when the drawing of another part failed: all parts are drawn and told again.</summary>
    public void Forget() => _drawn.Clear();

    public void Dispose() => _services.Dispose();

    private static Task<string> HtmlOfAsync(HtmlRenderer renderer, Type component, DashboardView view) => renderer.Dispatcher.InvokeAsync(async () =>
    {
        var parameters = ParameterView.FromDictionary(new Dictionary<string, object?> { [nameof(PanelBase.Moment)] = view });
        return (await renderer.RenderComponentAsync(component, parameters).ConfigureAwait(false)).ToHtmlString();
    });
}
