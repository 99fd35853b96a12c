using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.Security;

namespace ProSanteConnect.Core.SingleSignOn;

/// <summary>Records the browsers with which practitioners signed in.</summary>
public sealed class KnownBrowsers(PscDb db, KnownBrowserOptions options)
{
    public async Task<bool> IsKnownAsync(string? token, long practitionerId, DateTimeOffset now, CancellationToken ct)
    {
        if (string.IsNullOrEmpty(token)) return false;

        var hash = SecretToken.HashOf(token);
        return await db.KnownBrowsers.AnyAsync(b => b.TokenHash == hash && b.PractitionerId == practitionerId && b.ExpiresAt > now, ct);
    }

    /// <summary>
    /// Records the browser of a sign-in. A browser that was not known gets a new secret, so that a cookie that an attacker planted
    /// before is never accepted. Null when the browser keeps its cookie.
    /// </summary>
    public async Task<SecretToken?> RememberAsync(string? token, long practitionerId, DateTimeOffset now, CancellationToken ct)
    {
        var end = now + options.KnownBrowserLifetime;
        if (!string.IsNullOrEmpty(token))
        {
            var hash = SecretToken.HashOf(token);
            var seen = await db.KnownBrowsers
                .Where(b => b.TokenHash == hash && b.PractitionerId == practitionerId && b.ExpiresAt > now)
                .ExecuteUpdateAsync(set => set.SetProperty(b => b.LastSeenAt, now).SetProperty(b => b.ExpiresAt, end), ct);
            if (seen == 1) return null;
        }

        var fresh = SecretToken.Generate();
        db.Add(new KnownBrowser { TokenHash = fresh.Hash, PractitionerId = practitionerId, FirstSeenAt = now, LastSeenAt = now, ExpiresAt = end });
        await db.SaveChangesAsync(ct);
        return fresh;
    }

    /// <summary>Forgets all browsers of a practitioner ("ce n'était pas moi").</summary>
    public Task ForgetAllAsync(long practitionerId, CancellationToken ct) =>
        db.KnownBrowsers.Where(b => b.PractitionerId == practitionerId).ExecuteDeleteAsync(ct);
}

/// <summary>How long a browser stays known (section <c>Approval</c>; security-checklist §5).</summary>
public sealed class KnownBrowserOptions
{
    /// <summary>How long a browser stays known after the last sign-in with it. From 1 to 365 days; 180 days by default.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "365.00:00:00")]
    public TimeSpan KnownBrowserLifetime { get; set; } = TimeSpan.FromDays(180);
}

/// <summary>A browser with which a practitioner signed in before, recognised by a cookie.</summary>
public sealed class KnownBrowser
{
    /// <summary>SHA-256 of the secret in the cookie; several practitioners may share a browser.</summary>
    public required byte[] TokenHash { get; init; }

    public required long PractitionerId { get; init; }
    public required DateTimeOffset FirstSeenAt { get; init; }
    public required DateTimeOffset LastSeenAt { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }
}
