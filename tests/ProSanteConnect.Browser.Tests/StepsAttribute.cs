using Xunit.v3;

namespace ProSanteConnect.Browser.Tests;

/// <summary>The steps of the procedure that a journey covers (ecps-cpx-directory §0).</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class StepsAttribute(params string[] numbers) : Attribute, ITraitAttribute
{
    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() =>
        [.. numbers.Select(number => KeyValuePair.Create("Requirement", number))];
}
