using ProSanteConnect.Core.SignIn;
using static ProSanteConnect.Core.SignIn.SignInStatus;

namespace ProSanteConnect.Core.Tests.SignIn;

public sealed class SignInTable
{
    [Theory]
    [InlineData(SignInTrigger.Approve, Approved, Opened, Approved)]
    [InlineData(SignInTrigger.Redeem, Redeemed, Approved)]
    [InlineData(SignInTrigger.Cancel, Cancelled, Opened, Approved)]
    [InlineData(SignInTrigger.Repudiate, Cancelled, Approved)]
    public void A_trigger_leaves_these_statuses_alone_and_leads_to_one(SignInTrigger trigger, SignInStatus to, params SignInStatus[] from)
    {
        Assert.Equal(from, SignInLifeCycle.AllowedFrom(trigger));
        Assert.Equal(to, SignInLifeCycle.Next(trigger));
    }

    [Theory]
    [InlineData(Redeemed)]
    [InlineData(Cancelled)]
    public void Nothing_leads_out_of_a_request_that_is_over(SignInStatus status) => Assert.All(
        Enum.GetValues<SignInTrigger>(), trigger => Assert.Null(SignInLifeCycle.Next(status, trigger)));
}
