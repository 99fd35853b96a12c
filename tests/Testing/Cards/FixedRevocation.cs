using ProSanteConnect.Core.Cards;
using ProSanteConnect.Core.Cards.Revocation;

namespace ProSanteConnect.Testing.Cards;

/// <summary>Always gives the same answer, and remembers what it was asked.</summary>
public sealed class FixedRevocation(RevocationAnswer answer) : IRevocationCheck
{
    private readonly List<CertificateId> _asked = [];

    public IReadOnlyList<CertificateId> Asked => _asked;

    public Task<RevocationAnswer> CheckAsync(CertificateId certificate, DateTimeOffset now, CancellationToken ct)
    {
        _asked.Add(certificate);
        return Task.FromResult(answer);
    }
}
