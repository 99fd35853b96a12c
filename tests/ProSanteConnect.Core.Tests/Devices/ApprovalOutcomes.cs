using ProSanteConnect.Core.Devices;
using static ProSanteConnect.Core.Devices.ApprovalStatus;

namespace ProSanteConnect.Core.Tests.Devices;

public sealed class ApprovalOutcomes
{
    private static readonly DateTimeOffset End = HolderFixture.Start.AddMinutes(2);

    [Theory]
    [InlineData(Pending, ApprovalOutcome.Pending, ApprovalOutcome.Expired)]
    [InlineData(Replaced, ApprovalOutcome.Replaced, ApprovalOutcome.Replaced)]
    [InlineData(Cancelled, ApprovalOutcome.Cancelled, ApprovalOutcome.Cancelled)]
    [InlineData(Approved, ApprovalOutcome.Approved, ApprovalOutcome.Approved)]
    [InlineData(Denied, ApprovalOutcome.Denied, ApprovalOutcome.Denied)]
    [InlineData(WrongNumber, ApprovalOutcome.WrongNumber, ApprovalOutcome.WrongNumber)]
    public void What_ended_in_its_time_stays_what_it_is_and_what_is_pending_expires(ApprovalStatus status, ApprovalOutcome before, ApprovalOutcome after)
    {
        Assert.Equal(before, ApprovalLifeCycle.OutcomeAt(status, End.AddTicks(-1), End, End.AddTicks(-1)));
        Assert.Equal(after, ApprovalLifeCycle.OutcomeAt(status, End.AddTicks(-1), End, End));
    }

    [Theory]
    [InlineData(Replaced)]
    [InlineData(Cancelled)]
    public void What_was_replaced_or_cancelled_when_its_time_was_over_had_expired_before(ApprovalStatus status) =>
        Assert.Equal(ApprovalOutcome.Expired, ApprovalLifeCycle.OutcomeAt(status, changedAt: End, End, End));
}
