using System.Formats.Cbor;

namespace ProSanteConnect.Server.Devices.Passkeys;

/// <summary>How an authenticator says what it is (the member <c>fmt</c> of an attestation object).</summary>
internal static class AttestationFormat
{
    /// <summary>The authenticator says nothing (WebAuthn, section 8.7).</summary>
    public const string None = "none";

    private const int MaxLength = 40;

    public static string Of(byte[] attestationObject)
    {
        var reader = new CborReader(attestationObject);
        reader.ReadStartMap();
        while (reader.PeekState() != CborReaderState.EndMap)
        {
            if (reader.ReadTextString() == "fmt") return reader.ReadTextString() is { Length: <= MaxLength } format ? format : "unknown";

            reader.SkipValue();
        }

        return "unknown";
    }
}
