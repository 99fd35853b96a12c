namespace ProSanteConnect.Core.RelyingParties;

/// <summary>How the secrets of a client are to change.</summary>
public enum SecretRotation
{
    /// <summary>A new secret beside the present one, until <see cref="DropOld"/>.</summary>
    Overlap,

    /// <summary>Only the newest secret stays in force; none is made.</summary>
    DropOld,

    /// <summary>A new secret in place of all others, which may be known to somebody else.</summary>
    Replace,
}
