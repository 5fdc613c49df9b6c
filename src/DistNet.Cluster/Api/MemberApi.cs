using DistNet.Actors;
using DistNet.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace DistNet.Cluster;

/// <summary>What a coordinator's node that has lost its disk asks of a server's.</summary>
internal sealed class MemberApi(MemberNode member)
{
    public void Map(WebApplication app) => app.MapGet(ApiPaths.RunInitial, Initial);

    private IResult Initial() => member.Given is { InitialParameters: { } given } plan
        ? Results.Stream(file => Task.Run(() => Write(file, plan, given)))
        : Results.Json(new Problems(["no weights were given to the run here"]), statusCode: StatusCodes.Status404NotFound);

    private static void Write(Stream file, RunPlan plan, ReadOnlyMemory<float> given)
    {
        using var content = new MemoryStream();
        InitialWeightsFile.Write(content, plan.Layout, given);
        content.Position = 0;
        content.CopyToAsync(file).GetAwaiter().GetResult();
    }
}
