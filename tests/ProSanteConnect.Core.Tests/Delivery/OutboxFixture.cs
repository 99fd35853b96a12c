using ProSanteConnect.Core.Delivery;
using ProSanteConnect.Core.Practitioners;
using ProSanteConnect.Core.Security;
using ProSanteConnect.Testing;

namespace ProSanteConnect.Core.Tests.Delivery;

/// <summary>An outbox over a database of one test, with short calls for its steps.</summary>
internal sealed class OutboxFixture(TestDatabase database, OutboxOptions? options = null)
{
    public static readonly DateTimeOffset Start = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    private readonly MasterKey _masterKey = TestKeys.Master;

    public OutboxOptions Options { get; } = options ?? new OutboxOptions();

    public OutboxQueue Queue => new(database.Factory, _masterKey, Options);

    public Outbox Outbox { get; } = new(TestKeys.Master, new OutboxSignal());

    public static EmailAddress Mail => EmailAddress.TryParse("camille.fictif@example.org", out var address) ? address : default;

    public static PhoneNumber Phone => PhoneNumber.TryParse("06 39 98 00 01", out var number) ? number : default;

    public static DeliveryTerms Terms(string key = "test:1", TimeSpan? lifetime = null, DateTimeOffset? now = null) => new()
    {
        IdempotencyKey = key,
        Now = now ?? Start,
        ExpiresAt = (now ?? Start) + (lifetime ?? TimeSpan.FromHours(1)),
    };

    /// <summary>A code by SMS, committed.</summary>
    public async Task<OutboxMessage> AddAsync(DeliveryTerms? terms = null)
    {
        await using var db = database.Open();
        var message = Outbox.AddSms(db, Phone, new ActivationCodeSms("493027", 5), terms ?? Terms());
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        return message;
    }

    public async Task<OutboxMessage> ReadAsync(Guid id)
    {
        await using var db = database.Open();
        return (await db.Outbox.FindAsync([id], TestContext.Current.CancellationToken))!;
    }
}
