using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.Security;
using ProSanteConnect.Server.Shared.DataProtection;
using ProSanteConnect.Testing;
using Serilog;
using Serilog.Events;

namespace ProSanteConnect.Server.Tests.Operation;

[Trait("Requirement", "R8")]
public sealed class SharedCookieKeys
{
    private static readonly byte[] Plaintext = Encoding.UTF8.GetBytes("cookie");

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task What_one_node_protects_another_opens(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var first = Node(database);
        await using var second = Node(database);

        var cookie = Protector(first).Protect(Plaintext);

        Assert.Equal(Plaintext, Protector(second).Unprotect(cookie));
    }

    [Fact]
    public async Task Two_nodes_that_make_their_first_key_at_once_still_understand_each_other()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var first = Node(database);
        await using var second = Node(database);

        var cookies = await Task.WhenAll(
            Task.Run(() => Protector(first).Protect(Plaintext), TestContext.Current.CancellationToken),
            Task.Run(() => Protector(second).Protect(Plaintext), TestContext.Current.CancellationToken));

        Assert.Equal(Plaintext, Protector(second).Unprotect(cookies[0]));
        Assert.Equal(Plaintext, Protector(first).Unprotect(cookies[1]));
    }

    [Fact]
    [Trait("Requirement", "T24")]
    public async Task The_database_shows_nothing_of_the_keys_and_opens_under_the_master_key_alone()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var node = Node(database);
        var cookie = Protector(node).Protect(Plaintext);

        await using var db = database.Open();
        var row = await db.DataProtectionKeys.SingleAsync(TestContext.Current.CancellationToken);
        await using var thief = Node(database, new MasterKey(RandomNumberGenerator.GetBytes(MasterKey.Size)));

        Assert.DoesNotContain("masterKey", Encoding.UTF8.GetString(row.ProtectedXml), StringComparison.OrdinalIgnoreCase);
        Assert.ThrowsAny<CryptographicException>(() => Protector(thief).Unprotect(cookie));
    }

    [Fact]
    public async Task Nothing_is_warned_of_when_a_key_is_made()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var node = Node(database);

        Protector(node).Protect(Plaintext);

        Assert.DoesNotContain(node.GetRequiredService<RecordingLog>().Lines, line => line.Level >= LogEventLevel.Warning);
    }

    private static IDataProtector Protector(ServiceProvider node) =>
        node.GetRequiredService<IDataProtectionProvider>().CreateProtector("test");

    private static ServiceProvider Node(TestDatabase database, MasterKey? masterKey = null)
    {
        var services = new ServiceCollection();
        services.AddSingleton<RecordingLog>();
        services.AddSerilog((provider, logger) => logger.WriteTo.Sink(provider.GetRequiredService<RecordingLog>()), preserveStaticLogger: true);
        services.AddSingleton(database.Factory);
        services.AddSingleton(masterKey ?? new MasterKey(new byte[MasterKey.Size]));
        services.AddSharedDataProtection();
        return services.BuildServiceProvider();
    }
}
