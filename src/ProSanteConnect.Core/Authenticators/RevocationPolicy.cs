namespace ProSanteConnect.Core.Authenticators;

/// <summary>What happens to a card when neither OCSP nor a fresh CRL can say whether it was revoked.</summary>
public enum RevocationPolicy
{
    /// <summary>It is refused until somebody can (security-checklist T25).</summary>
    RequireFresh,

    /// <summary>
    /// It is accepted, and so is a stolen card that was revoked: whoever can cut the line to the authority then decides
    /// who signs in. For an emergency that the operator takes upon himself.
    /// </summary>
    DangerouslyAcceptUnchecked,
}
