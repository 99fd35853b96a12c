using Microsoft.AspNetCore.Mvc.ApplicationModels;

namespace ProSanteConnect.Server.Shared.Http;

/// <summary>
/// The name of a page handler in a form (<c>?handler=</c>), where it differs from the name of the method: the wire
/// is French, the code English (ADR 0014).
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class HandlerNameAttribute(string name) : Attribute, IPageHandlerModelConvention
{
    public string Name => name;

    public void Apply(PageHandlerModel model) => model.HandlerName = name;
}
