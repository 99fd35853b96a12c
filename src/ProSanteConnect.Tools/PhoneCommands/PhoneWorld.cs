using System.Security.Cryptography.X509Certificates;

namespace ProSanteConnect.Tools.PhoneCommands;

/// <summary>What surrounds a phone: the time, the network, and who types. A test hands its own in.</summary>
internal sealed record PhoneWorld(TimeProvider Clock)
{
    /// <summary>What answers the prompts.</summary>
    public TextReader Keyboard { get; init; } = Console.In;

    /// <summary>Opens a way to the server, which trusts these authorities; null means the machine's own.</summary>
    public Func<X509Certificate2Collection?, HttpMessageHandler> Network { get; init; } = PhoneNetwork.Open;
}
