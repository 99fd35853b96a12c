using System.Reflection;
using Microsoft.AspNetCore.Http.HttpResults;
using ProSanteConnect.Server.Devices.Api;

namespace ProSanteConnect.Server.Tests.Devices;

/// <summary>The codes that the API can answer with, read from the code itself.</summary>
internal static class ProblemCodes
{
    public static IReadOnlyList<string> All { get; } =
    [
        .. typeof(Problem).GetMethods(BindingFlags.Public | BindingFlags.Static)
            .Where(method => method.ReturnType == typeof(ProblemHttpResult))
            .Select(method => (ProblemHttpResult)method.Invoke(null, [.. method.GetParameters().Select(Default)])!)
            .Select(result => result.ProblemDetails.Type![Problem.TypePrefix.Length..])
            .Order(StringComparer.Ordinal),
    ];

    private static object? Default(ParameterInfo parameter) =>
        parameter.ParameterType == typeof(string) ? "" : Activator.CreateInstance(parameter.ParameterType);
}
