using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace ProSanteConnect.Core.Delivery;

/// <summary>
/// Wakes the worker of this node when a message of this node is committed, because the worker does not see it before. After a
/// lost signal the worker finds the message at its next poll.
/// </summary>
public sealed class OutboxSignal : SaveChangesInterceptor, IDbTransactionInterceptor, IDisposable
{
    private readonly SemaphoreSlim _rung = new(0, 1);
    private readonly ConditionalWeakTable<DbContext, object> _expected = [];

    /// <summary>Returns at once when a message was committed since the last call, else after the given time.</summary>
    public async Task WaitAsync(TimeSpan atMost, TimeProvider clock, CancellationToken ct)
    {
        using var over = new CancellationTokenSource(atMost, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(over.Token, ct);
        try
        {
            await _rung.WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            // The time is over.
        }
    }

    public void Ring()
    {
        try
        {
            _rung.Release();
        }
        catch (SemaphoreFullException)
        {
            // The signal is set.
        }
    }

    internal void ExpectFrom(DbContext db) => _expected.AddOrUpdate(db, this);

    public override int SavedChanges(SaveChangesCompletedEventData eventData, int result)
    {
        RingUnlessInTransaction(eventData.Context);
        return result;
    }

    public override ValueTask<int> SavedChangesAsync(
        SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        RingUnlessInTransaction(eventData.Context);
        return ValueTask.FromResult(result);
    }

    public void TransactionCommitted(DbTransaction transaction, TransactionEndEventData eventData) => RingFor(eventData.Context);

    public Task TransactionCommittedAsync(
        DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        RingFor(eventData.Context);
        return Task.CompletedTask;
    }

    public void Dispose() => _rung.Dispose();

    private void RingUnlessInTransaction(DbContext? db)
    {
        if (db is { Database.CurrentTransaction: null }) RingFor(db);
    }

    private void RingFor(DbContext? db)
    {
        if (db is not null && _expected.Remove(db)) Ring();
    }
}
