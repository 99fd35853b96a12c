using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using ProSanteConnect.Core.Practitioners;
using ProSanteConnect.Server.Shared.Changes;
using ProSanteConnect.Testing;

namespace ProSanteConnect.Server.Tests.Operation;

/// <summary>Many waits, one query (design §1, decision 5).</summary>
public sealed class ChangeWatching : IAsyncLifetime
{
    private readonly CommandCounter _counter = new();
    private PscApp _app = null!;
    private ChangeWatch _watch = null!;
    private Practitioner _holder = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _app = await PscApp.StartAsync(configure: builder => builder.Services.AddSingleton<IInterceptor>(_counter));
        _watch = _app.Services.GetRequiredService<ChangeWatch>();
        _holder = await _app.AddAsync(Build.Practitioner());
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task A_tick_asks_one_question_a_kind_however_many_wait_and_none_for_nobody()
    {
        Assert.Equal(0, await CommandsOfATickAsync());

        var waits = Enumerable.Range(0, 300)
            .SelectMany(_ => Enum.GetValues<WatchedKind>())
            .Select(kind => _watch.Watch(kind, Guid.NewGuid()))
            .ToList();
        Assert.Equal(3, await CommandsOfATickAsync());

        waits.ForEach(wait => wait.Dispose());
        Assert.Equal(0, await CommandsOfATickAsync());
    }

    [Fact]
    public async Task More_waits_than_a_query_has_parameters_are_asked_in_slices_and_each_of_them_is_woken()
    {
        var waits = Enumerable.Range(0, (2 * ChangeWatch.RowsPerQuery) + 1).Select(_ => _watch.Watch(WatchedKind.Approval, Guid.NewGuid())).ToList();
        var request = await _app.AskAsync(_holder.NationalId);
        using var wait = _watch.Watch(WatchedKind.Approval, request.Id);

        Assert.Equal(3, await CommandsOfATickAsync());
        Assert.InRange(_counter.MostParameters, 1, 2100);
        Assert.True(await IsAwakeAsync(wait));
        waits.ForEach(other => other.Dispose());
    }

    [Fact]
    public async Task Whoever_waits_is_woken_by_a_change_and_by_nothing_else()
    {
        var request = await _app.AskAsync(_holder.NationalId);
        using var wait = _watch.Watch(WatchedKind.Approval, request.Id);
        using var other = _watch.Watch(WatchedKind.Approval, Guid.NewGuid());

        // The first tick always wakes: the state may have changed before it.
        await _watch.RunAsync(Ct);
        Assert.True(await IsAwakeAsync(wait));
        Assert.True(await IsAwakeAsync(other));
        await _watch.RunAsync(Ct);
        Assert.False(await IsAwakeAsync(wait));

        await _app.AskAsync(_holder.NationalId);
        await _watch.RunAsync(Ct);
        Assert.False(await IsAwakeAsync(other));
    }

    [Fact]
    public async Task A_change_made_by_another_node_wakes_too()
    {
        await _app.EnrolledPhoneAsync(_holder);
        await using var node = await _app.JoinAsync();
        var request = await _app.AskAsync(_holder.NationalId);
        using var wait = node.Services.GetRequiredService<ChangeWatch>().Watch(WatchedKind.Approval, request.Id);
        await node.Services.GetRequiredService<ChangeWatch>().RunAsync(Ct);
        Assert.True(await IsAwakeAsync(wait));

        await _app.AskAsync(_holder.NationalId);

        await node.Services.GetRequiredService<ChangeWatch>().RunAsync(Ct);
        Assert.True(await IsAwakeAsync(wait));
    }

    private static Task<bool> IsAwakeAsync(Wait wait) => wait.NextAsync(TimeSpan.FromMilliseconds(1), TimeProvider.System, Ct);

    private async Task<int> CommandsOfATickAsync()
    {
        var before = _counter.Count;
        await _watch.RunAsync(Ct);
        return _counter.Count - before;
    }

    private sealed class CommandCounter : DbCommandInterceptor
    {
        private int _count;

        public int Count => Volatile.Read(ref _count);

        /// <summary>Of one command.</summary>
        public int MostParameters { get; private set; }

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            // The outbox and the snapshots also query the database.
            if (command.CommandText.Contains("ApprovalRequests", StringComparison.Ordinal)
                || command.CommandText.Contains("Activations", StringComparison.Ordinal))
            {
                Interlocked.Increment(ref _count);
                MostParameters = Math.Max(MostParameters, command.Parameters.Count);
            }

            return base.ReaderExecutingAsync(command, eventData, result, cancellationToken);
        }
    }
}
