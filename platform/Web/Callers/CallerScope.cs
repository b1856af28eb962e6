using Siaga.Primitives;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Siaga.Web;

/// <summary>Sets the company scope of every request from its caller. This happens nowhere else.</summary>
internal static class CallerScope
{
    public static Task ApplyAsync(HttpContext context, RequestDelegate next)
    {
        // An anonymous endpoint (login; Ingestion's, which authenticate cameras by key) sets the scope itself and sees nothing until then.
        if (context.GetEndpoint() is { } endpoint && endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null)
        {
            var scope = context.RequestServices.GetRequiredService<CompanyScope>();
            if (Caller.Of(context.User) is { } caller)
                caller.Claim(scope);
            else if (WorkerCaller.Of(context.User) is { } worker)
                scope.SetCompany(worker.CompanyId);
            else if (context.User.IsInRole(Policies.Worker) || context.User.IsInRole(Policies.Ingestion))
                scope.SetAll("a service of ours");
        }

        return next(context);
    }
}
