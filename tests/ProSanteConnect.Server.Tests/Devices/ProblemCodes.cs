using System.Reflection;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using ProSanteConnect.Server.Devices.Api;
using ProSanteConnect.Server.Shared.Errors;

namespace ProSanteConnect.Server.Tests.Devices;

/// <summary>The problem codes of the API, read from the compiled code.</summary>
internal static class ProblemCodes
{
    public static IReadOnlyList<string> All { get; } = [.. Answers().Select(answer => answer.Type![ProblemType.Prefix.Length..])];

    /// <summary>Each problem in the current language, with default arguments.</summary>
    public static IReadOnlyList<ProblemDetails> Answers() =>
    [
        .. typeof(Problem).GetMethods(BindingFlags.Public | BindingFlags.Static)
            .Where(method => method.ReturnType == typeof(ProblemHttpResult))
            .Select(method => ((ProblemHttpResult)method.Invoke(null, [.. method.GetParameters().Select(Default)])!).ProblemDetails),
    ];

    private static object? Default(ParameterInfo parameter) =>
        parameter.ParameterType == typeof(string) ? "" : Activator.CreateInstance(parameter.ParameterType);
}
