using System.Reflection;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using ProSanteConnect.Server.Devices.Api;
using ProSanteConnect.Server.Shared.Errors;

namespace ProSanteConnect.Server.Tests.Devices;

/// <summary>What the API can answer with, read from the code itself.</summary>
internal static class ProblemCodes
{
    public static IReadOnlyList<string> All { get; } = [.. Answers().Select(answer => answer.Type![ProblemType.Prefix.Length..])];

    /// <summary>Each problem in the language of the moment, with nothing for what it tells.</summary>
    public static IReadOnlyList<ProblemDetails> Answers() =>
    [
        .. typeof(Problem).GetMethods(BindingFlags.Public | BindingFlags.Static)
            .Where(method => method.ReturnType == typeof(ProblemHttpResult))
            .Select(method => ((ProblemHttpResult)method.Invoke(null, [.. method.GetParameters().Select(Default)])!).ProblemDetails),
    ];

    private static object? Default(ParameterInfo parameter) =>
        parameter.ParameterType == typeof(string) ? "" : Activator.CreateInstance(parameter.ParameterType);
}
