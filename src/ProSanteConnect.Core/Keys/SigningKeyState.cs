namespace ProSanteConnect.Core.Keys;

/// <summary>What a signing key does at an instant.</summary>
public enum SigningKeyState
{
    /// <summary>Published, so that relying parties know it before it signs.</summary>
    Announced,

    /// <summary>Published, and it signs.</summary>
    Active,

    /// <summary>Published for those who still hold tokens it signed.</summary>
    Retired,

    /// <summary>No longer published: what it signed is refused.</summary>
    Removed,
}
