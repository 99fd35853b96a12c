using System.Diagnostics;

namespace ProSanteConnect.Tools.Certs;

/// <summary>What is particular about a test card.</summary>
public enum CardStory
{
    Ordinary,
    Expired,
    Revoked,

    /// <summary>Its issuer bears the name of ours and has another key.</summary>
    UnknownAuthority,

    /// <summary>It presents the certificate that signs documents.</summary>
    SignatureOnly,

    /// <summary>It is meant for a server.</summary>
    WrongPurpose,

    /// <summary>The card is good; no directory knows its holder.</summary>
    NotInDirectory,
}

public static class CardStories
{
    /// <summary>The word in file names, and what the sandbox shows in its addresses.</summary>
    public static string Code(this CardStory story) => story switch
    {
        CardStory.Ordinary => "ordinary",
        CardStory.Expired => "expired",
        CardStory.Revoked => "revoked",
        CardStory.UnknownAuthority => "unknown-authority",
        CardStory.SignatureOnly => "signature-only",
        CardStory.WrongPurpose => "wrong-purpose",
        CardStory.NotInDirectory => "not-in-directory",
        _ => throw new UnreachableException($"Story {story}"),
    };
}
