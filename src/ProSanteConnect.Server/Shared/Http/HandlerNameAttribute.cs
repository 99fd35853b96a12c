using Microsoft.AspNetCore.Mvc.ApplicationModels;

namespace ProSanteConnect.Server.Shared.Http;

/// <summary>
/// The name by which a form addresses a page handler (<c>?handler=</c>), where it differs from the name of the method: the wire
/// speaks French, the code English (ADR 0014).
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class HandlerNameAttribute(string name) : Attribute, IPageHandlerModelConvention
{
    public string Name => name;

    public void Apply(PageHandlerModel model) => model.HandlerName = name;
}
