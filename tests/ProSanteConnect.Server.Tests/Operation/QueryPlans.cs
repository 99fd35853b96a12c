using System.Data.Common;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.Journal;
using ProSanteConnect.Core.Practitioners;
using ProSanteConnect.Core.SignIn;
using ProSanteConnect.Server.Tests.Pages;
using ProSanteConnect.Testing;

namespace ProSanteConnect.Server.Tests.Operation;

/// <summary>
/// No request scans a table that grows with use: each statement of the journeys is explained by SQLite while it runs. The indexes are those of
/// all databases.
/// </summary>
public sealed partial class QueryPlans : IAsyncLifetime
{
    private readonly PlanReader _plans = new();
    private PscApp _app = null!;
    private RelyingParty _rp = null!;
    private Practitioner _practitioner = null!;

    public async ValueTask InitializeAsync()
    {
        _app = await PscApp.StartAsync(DatabaseProvider.Sqlite, builder => builder.Services.AddSingleton<IInterceptor>(_plans));
        _practitioner = await _app.AddAsync(Build.Practitioner());
        _rp = await RelyingParty.RegisterAsync(_app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task A_sign_in_by_card_its_tokens_and_its_end_scan_nothing()
    {
        using var browser = _app.NewBrowser();
        var tokens = await _rp.RedeemAsync((await _rp.SignInAsync(browser, _practitioner))["code"]);
        await _rp.UserInfoAsync(tokens.AccessToken);
        await _rp.IntrospectAsync(tokens.AccessToken);
        tokens = await _rp.RefreshAsync(tokens.RefreshToken);
        await browser.FollowAsync(_rp.AuthorizationUrl());
        await browser.FollowAsync("/mon-compte");
        await _rp.RevokeAsync(tokens.RefreshToken);
        await browser.FollowAsync($"{RelyingParty.Realm}/logout?id_token_hint={tokens.IdToken}");

        AssertNoScan();
    }

    [Fact]
    public async Task A_sign_in_by_phone_and_its_repudiation_scan_nothing()
    {
        var phone = await RulesPhone.ActivateAsync(_app, await _app.AddAsync(Build.Practitioner("898765000025")));
        using var browser = _app.NewBrowser();
        var waiting = await browser.StartApprovalAsync(_rp, phone.Practitioner.NationalId);
        await waiting.ReloadAsync(browser);
        await _app.TickAsync();
        Assert.IsType<ApproveResult.Approved>(await phone.ApproveAsync(waiting.NumberOf()));
        await browser.FollowAsync(waiting.Response.RequestMessage!.RequestUri!.PathAndQuery);
        await browser.FollowAsync("/mon-compte");

        using var stranger = _app.NewBrowser();
        await stranger.StartApprovalAsync(_rp, phone.Practitioner.NationalId);
        await phone.DenyAsync(notMe: true);
        await stranger.StartApprovalAsync(_rp, "899700218896");
        await using var db = _app.Database.Open();
        var opened = db.Journal.Single(entry => entry.Event == JournalEvent.SessionOpened && entry.PractitionerId == phone.Practitioner.Id).Id;
        Assert.True(await _app.WithAsync<Repudiation, bool>(repudiation => repudiation.RepudiateAsync(
            phone.Practitioner.Id, opened, Build.Browser(), _app.Clock.GetUtcNow(), TestContext.Current.CancellationToken)));
        await phone.DeactivateAsync();

        AssertNoScan();
    }

    [Fact]
    public async Task An_activation_scans_nothing()
    {
        var phone = await _app.EnrolledPhoneAsync(_practitioner);
        await phone.SearchRppsAsync("inconnu@cabinet.example", "0639980099", TestContext.Current.CancellationToken);

        AssertNoScan();
    }

    private void AssertNoScan() => Assert.True(_plans.Scans.Count == 0, string.Join("\n\n", _plans.Scans));

    /// <summary>Explains each statement before it runs, and keeps those that scan a table.</summary>
    private sealed partial class PlanReader : DbCommandInterceptor
    {
        // These have a few rows, however many people sign in.
        private static readonly string[] Small = ["Clients", "Revisions", "SigningKeys", "DataProtectionKeys", "__EFMigrationsHistory", "__EFMigrationsLock", "sqlite_master"];

        private readonly HashSet<string> _scans = [];

        public HashSet<string> Scans => _scans;

        public override InterceptionResult<DbDataReader> ReaderExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result)
        {
            Explain(command);
            return result;
        }

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            Explain(command);
            return ValueTask.FromResult(result);
        }

        public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
        {
            Explain(command);
            return ValueTask.FromResult(result);
        }

        private void Explain(DbCommand command)
        {
            // "WHERE 0" is what EF Core makes of a null that matches nothing.
            if (!Statement().IsMatch(command.CommandText) || command.CommandText.Contains("WHERE 0", StringComparison.Ordinal)) return;

            using var explain = command.Connection!.CreateCommand();
            explain.Transaction = command.Transaction;
            explain.CommandText = "EXPLAIN QUERY PLAN " + command.CommandText;
            foreach (DbParameter parameter in command.Parameters)
            {
                var copy = explain.CreateParameter();
                (copy.ParameterName, copy.Value) = (parameter.ParameterName, parameter.Value);
                explain.Parameters.Add(copy);
            }

            using var plan = explain.ExecuteReader();
            while (plan.Read())
            {
                var step = plan.GetString(3);
                if (Scan().Match(step) is { Success: true } scan && TableOf(command.CommandText, scan.Groups["alias"].Value) is { } table && !Small.Contains(table))
                    lock (_scans) _scans.Add($"{step} ({table}):\n{command.CommandText}");
            }
        }

        // The name behind an alias; null for a list of values.
        private static string? TableOf(string sql, string alias) =>
            Regex.Match(sql, $"\"(?<table>\\w+)\" AS \"{Regex.Escape(alias)}\"") is { Success: true } named ? named.Groups["table"].Value
            : sql.Contains($"\"{alias}\"", StringComparison.Ordinal) && !sql.Contains($"AS \"{alias}\"", StringComparison.Ordinal) ? alias : null;

        [GeneratedRegex(@"^\s*(SELECT|UPDATE|DELETE)\b[^;]*;?\s*$")]
        private static partial Regex Statement();

        [GeneratedRegex(@"^SCAN (?<alias>\w+)$")]
        private static partial Regex Scan();
    }
}
