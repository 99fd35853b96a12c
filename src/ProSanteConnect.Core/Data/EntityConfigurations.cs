using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ProSanteConnect.Core.Delivery;
using ProSanteConnect.Core.Devices;
using ProSanteConnect.Core.Enrolment;
using ProSanteConnect.Core.Journal;
using ProSanteConnect.Core.Keys;
using ProSanteConnect.Core.Practitioners;
using ProSanteConnect.Core.RelyingParties;
using ProSanteConnect.Core.Security;
using ProSanteConnect.Core.SignIn;
using ProSanteConnect.Core.SingleSignOn;

namespace ProSanteConnect.Core.Data;

internal sealed class PractitionerConfiguration : IEntityTypeConfiguration<Practitioner>
{
    public void Configure(EntityTypeBuilder<Practitioner> practitioner)
    {
        practitioner.Property(p => p.NationalId).HasMaxLength(NationalId.MaxLength);
        practitioner.HasIndex(p => p.NationalId).IsUnique();
        practitioner.Property(p => p.FamilyName).HasMaxLength(200);
        practitioner.Property(p => p.BirthCommuneCode).HasMaxLength(10);
        practitioner.Property(p => p.BirthCountryCode).HasMaxLength(10);
        practitioner.Property(p => p.BirthPlace).HasMaxLength(200);
        practitioner.Property(p => p.SexCode).HasMaxLength(10);
        practitioner.Property(p => p.CivilityCode).HasMaxLength(10);
        practitioner.Property(p => p.ContactPhone).HasMaxLength(30);
        practitioner.Property(p => p.ContactEmail).HasMaxLength(254);
        practitioner.HasIndex(p => new { p.ContactEmail, p.ContactPhone });
        practitioner.Property(p => p.GivenNames).HasJsonList();
        practitioner.Property(p => p.Practices).HasJsonList();
        practitioner.Property(p => p.AlternativeIdentifiers).HasJsonList();
        practitioner.Ignore(p => p.GivenName);
    }
}

internal sealed class ClientConfiguration : IEntityTypeConfiguration<Client>
{
    public void Configure(EntityTypeBuilder<Client> client)
    {
        client.HasKey(c => c.ClientId);
        client.Property(c => c.ClientId).HasMaxLength(100);
        client.Property(c => c.Name).HasMaxLength(200);
        client.Property(c => c.SecretHashes).HasJsonList();
        client.Property(c => c.RedirectUris).HasJsonList();
        client.Property(c => c.PostLogoutRedirectUris).HasJsonList();
        client.Property(c => c.GrantTypes).HasJsonList();
        client.Property(c => c.Scopes).HasJsonList();
        client.Ignore(c => c.IsPublic);
        client.Ignore(c => c.RotatesStrictly);
    }
}

internal sealed class SignInRequestConfiguration : IEntityTypeConfiguration<SignInRequest>
{
    public void Configure(EntityTypeBuilder<SignInRequest> request)
    {
        request.Property(r => r.Id).ValueGeneratedNever();
        request.Property(r => r.ClientId).HasMaxLength(100);
        request.Property(r => r.BrowserHash).HasMaxLength(32);
        request.Property(r => r.HandoverHash).HasMaxLength(32);
        request.Property(r => r.CardNumber).HasMaxLength(40);
        request.Property(r => r.CertificateId).HasMaxLength(600);
        request.HasIndex(r => r.ExpiresAt);
        request.HasIndex(r => r.BrowserHash);
        request.HasIndex(r => r.PractitionerId);
    }
}

internal sealed class SessionConfiguration : IEntityTypeConfiguration<Session>
{
    public void Configure(EntityTypeBuilder<Session> session)
    {
        session.Property(s => s.Id).ValueGeneratedNever();
        session.Property(s => s.NationalId).HasMaxLength(NationalId.MaxLength);
        session.Property(s => s.CookieHash).HasMaxLength(32);
        session.HasIndex(s => s.CookieHash).IsUnique();
        session.HasIndex(s => s.PractitionerId);
        session.HasIndex(s => s.ECpsId);
        session.HasIndex(s => s.ExpiresAt);
        session.Property(s => s.IpAddress).HasMaxLength(45);
        session.Property(s => s.Browser).HasMaxLength(100);
        session.Property(s => s.UserAgentHash).HasMaxLength(32);
        session.Property(s => s.CardNumber).HasMaxLength(40);
        session.Property(s => s.CertificateId).HasMaxLength(600);
    }
}

internal sealed class GrantConfiguration : IEntityTypeConfiguration<Grant>
{
    public void Configure(EntityTypeBuilder<Grant> grant)
    {
        grant.Property(g => g.Id).ValueGeneratedNever();
        grant.Property(g => g.ClientId).HasMaxLength(100);
        grant.Property(g => g.Scope).HasMaxLength(400);
        grant.Property(g => g.RedirectUri).HasMaxLength(2000);
        grant.Property(g => g.CodeChallenge).HasMaxLength(128);
        grant.Property(g => g.CodeChallengeMethod).HasMaxLength(10);
        grant.Property(g => g.Acr).HasMaxLength(40);
        grant.Property(g => g.CodeHash).HasMaxLength(32);
        grant.HasIndex(g => g.CodeHash).IsUnique();
        grant.HasIndex(g => g.SessionId);
        grant.HasIndex(g => g.ExpiresAt);
    }
}

internal sealed class RevokedTokenConfiguration : IEntityTypeConfiguration<RevokedToken>
{
    public void Configure(EntityTypeBuilder<RevokedToken> token)
    {
        token.HasKey(t => t.Jti);
        token.Property(t => t.Jti).ValueGeneratedNever();
        token.HasIndex(t => t.ExpiresAt);
    }
}

internal sealed class KnownBrowserConfiguration : IEntityTypeConfiguration<KnownBrowser>
{
    public void Configure(EntityTypeBuilder<KnownBrowser> browser)
    {
        browser.HasKey(b => new { b.TokenHash, b.PractitionerId });
        browser.Property(b => b.TokenHash).HasMaxLength(32);
        browser.HasIndex(b => b.PractitionerId);
        browser.HasIndex(b => b.ExpiresAt);
    }
}

internal sealed class ECpsConfiguration : IEntityTypeConfiguration<ECps>
{
    public void Configure(EntityTypeBuilder<ECps> eCps)
    {
        eCps.Property(e => e.Id).ValueGeneratedNever();
        eCps.Property(e => e.NationalId).HasMaxLength(NationalId.MaxLength);
        eCps.Property(e => e.DeviceName).HasMaxLength(60);
        eCps.Property(e => e.OperatingSystem).HasMaxLength(60);
        eCps.Property(e => e.AppVersion).HasMaxLength(40);
        eCps.Property(e => e.ConditionsVersion).HasMaxLength(40);

        // WebAuthn allows credential identifiers of up to 1023 bytes; an index key in SQL Server holds 1700.
        eCps.Property(e => e.CredentialId).HasMaxLength(1023);
        eCps.HasIndex(e => e.CredentialId).IsUnique();
        eCps.Property(e => e.AttestationFormat).HasMaxLength(40);
        eCps.Property(e => e.UserHandle).HasMaxLength(64);
        eCps.Property(e => e.PinHash).HasMaxLength(200);
        eCps.Property(e => e.DeviceTokenHash).HasMaxLength(32);
        eCps.HasIndex(e => e.DeviceTokenHash).IsUnique();
        eCps.Property(e => e.PreviousDeviceTokenHash).HasMaxLength(32);
        eCps.HasIndex(e => e.PreviousDeviceTokenHash);
        eCps.HasIndex(e => new { e.PractitionerId, e.ActivatedAt });
        eCps.HasIndex(e => e.PractitionerId).IsUnique().HasFilter("\"Status\" = 'Active'").HasDatabaseName("IX_ECps_OneActive");
        eCps.HasIndex(e => e.ExpiresAt);
    }
}

internal sealed class CeremonyConfiguration : IEntityTypeConfiguration<Ceremony>
{
    public void Configure(EntityTypeBuilder<Ceremony> ceremony)
    {
        ceremony.Property(c => c.Id).ValueGeneratedNever();
        ceremony.HasIndex(c => c.ExpiresAt);
    }
}

internal sealed class ActivationConfiguration : IEntityTypeConfiguration<Activation>
{
    public void Configure(EntityTypeBuilder<Activation> activation)
    {
        activation.Property(a => a.Id).ValueGeneratedNever();
        activation.Property(a => a.CardNumber).HasMaxLength(40);
        activation.Property(a => a.DeviceName).HasMaxLength(60);
        activation.Property(a => a.QrCodeHash).HasMaxLength(32);
        activation.HasIndex(a => a.QrCodeHash).IsUnique();
        activation.Property(a => a.PairingTokenHash).HasMaxLength(32);
        activation.HasIndex(a => a.PairingTokenHash);
        activation.Property(a => a.EnrolmentTokenHash).HasMaxLength(32);
        activation.HasIndex(a => a.EnrolmentTokenHash);
        activation.Property(a => a.CodeMac).HasMaxLength(32);
        activation.HasIndex(a => a.SessionId);
        activation.HasIndex(a => a.PractitionerId);
        activation.HasIndex(a => a.ExpiresAt);
    }
}

internal sealed class ApprovalRequestConfiguration : IEntityTypeConfiguration<ApprovalRequest>
{
    public void Configure(EntityTypeBuilder<ApprovalRequest> request)
    {
        request.Property(a => a.Id).ValueGeneratedNever();
        request.Property(a => a.ClientId).HasMaxLength(100);
        request.Property(a => a.Number).HasMaxLength(2);
        request.Property(a => a.Browser).HasMaxLength(100);
        request.Property(a => a.IpAddress).HasMaxLength(45);
        request.Property(a => a.UserAgentHash).HasMaxLength(32);
        request.Property(a => a.Origin).HasMaxLength(300);
        request.Ignore(a => a.IsDecoy);
        request.HasIndex(a => a.SignInRequestId);
        request.HasIndex(a => a.ECpsId);
        request.HasIndex(a => new { a.PractitionerId, a.ChangedAt });
        request.HasIndex(a => new { a.PractitionerId, a.KnownBrowser }).IsUnique()
            .HasFilter("\"Status\" = 'Pending' AND \"PractitionerId\" IS NOT NULL").HasDatabaseName("IX_ApprovalRequests_OnePending");
        request.HasIndex(a => a.ChangedAt);
        request.HasIndex(a => a.ExpiresAt);
    }
}

internal sealed class ApprovalFreezeConfiguration : IEntityTypeConfiguration<ApprovalFreeze>
{
    public void Configure(EntityTypeBuilder<ApprovalFreeze> freeze)
    {
        freeze.HasKey(f => f.PractitionerId);
        freeze.Property(f => f.PractitionerId).ValueGeneratedNever();
        freeze.HasIndex(f => f.Until);
    }
}

internal sealed class OutboxMessageConfiguration : IEntityTypeConfiguration<OutboxMessage>
{
    public void Configure(EntityTypeBuilder<OutboxMessage> message)
    {
        message.ToTable("Outbox");
        message.Property(m => m.Id).ValueGeneratedNever();
        message.Property(m => m.IdempotencyKey).HasMaxLength(OutboxMessage.MaxKeyLength);
        message.HasIndex(m => m.IdempotencyKey).IsUnique();
        message.Property(m => m.Template).HasMaxLength(60);
        message.Property(m => m.LastError).HasMaxLength(100);
        message.HasIndex(m => new { m.Status, m.Channel, m.NotBefore });
        message.HasIndex(m => m.SettledAt);
    }
}

internal sealed class JournalEntryConfiguration : IEntityTypeConfiguration<JournalEntry>
{
    public void Configure(EntityTypeBuilder<JournalEntry> entry)
    {
        entry.Property(e => e.Detail).HasMaxLength(200);
        entry.Property(e => e.ClientId).HasMaxLength(100);
        entry.Property(e => e.IpAddress).HasMaxLength(45);
        entry.Property(e => e.Browser).HasMaxLength(100);
        entry.Property(e => e.Actor).HasMaxLength(100);
        entry.HasIndex(e => e.At);
        entry.HasIndex(e => new { e.PractitionerId, e.At });
    }
}

internal sealed class SigningKeyConfiguration : IEntityTypeConfiguration<SigningKey>
{
    public void Configure(EntityTypeBuilder<SigningKey> key)
    {
        key.HasKey(k => k.Sequence);
        key.Property(k => k.Sequence).ValueGeneratedNever();
        key.Property(k => k.Kid).HasMaxLength(64);
        key.HasIndex(k => k.Kid).IsUnique();
        key.Property(k => k.Algorithm).HasMaxLength(16);
    }
}

internal sealed class DataProtectionKeyConfiguration : IEntityTypeConfiguration<DataProtectionKey>
{
    public void Configure(EntityTypeBuilder<DataProtectionKey> key)
    {
        key.Property(k => k.FriendlyName).HasMaxLength(100);
        key.HasIndex(k => k.FriendlyName).IsUnique();
    }
}

internal sealed class RateLimitCounterConfiguration : IEntityTypeConfiguration<RateLimitCounter>
{
    public void Configure(EntityTypeBuilder<RateLimitCounter> counter)
    {
        counter.HasKey(c => new { c.Key, c.WindowEndsAt });
        counter.Property(c => c.Key).HasMaxLength(100);
        counter.HasIndex(c => c.WindowEndsAt);
    }
}

internal sealed class RevisionConfiguration : IEntityTypeConfiguration<Revision>
{
    public void Configure(EntityTypeBuilder<Revision> revision)
    {
        revision.HasKey(r => r.Name);
        revision.Property(r => r.Name).HasMaxLength(20);
        revision.HasData(new Revision { Name = Revision.Clients }, new Revision { Name = Revision.Keys });
    }
}
