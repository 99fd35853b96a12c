using ProSanteConnect.Core.Devices;
using ProSanteConnect.Server.Shared.Text;

namespace ProSanteConnect.Server.Account;

/// <summary>The section "Mon e-CPS": the active e-CPS, else the one that was active last, else none.</summary>
internal sealed record MyECps(ECps? ECps, DateTimeOffset Now)
{
    public bool IsActive => ECps?.IsActiveAt(Now) == true;

    public IReadOnlyList<Fact> Facts => ECps is null ? [] : IsActive ? FactsOfActive(ECps) : FactsOfInactive(ECps);

    public string Device => ECps is { DeviceName.Length: > 0 } named ? named.DeviceName : AccountTexts.ECpsUnnamedDevice;

    private List<Fact> FactsOfActive(ECps eCps) =>
    [
        new(AccountTexts.ECpsDevice, Device),
        new(AccountTexts.ECpsMode, eCps.Mode == ActivationMode.Card ? AccountTexts.ECpsModeCard : AccountTexts.ECpsModeContactDetails),
        new(AccountTexts.ECpsSince, ParisTime.Of(eCps.ActivatedAt)),
        new(AccountTexts.ECpsUntil, ParisTime.DateOf(eCps.ExpiresAt)),
        new(AccountTexts.ECpsLastUse, eCps.LastUsedAt is { } last ? ParisTime.Of(last) : AccountTexts.ECpsNeverUsed),
    ];

    // The directory lists the practitioner, who is signed in.
    private List<Fact> FactsOfInactive(ECps eCps)
    {
        var (reason, since) = eCps.InactivityAt(Now, delistedAt: null)!.Value;
        return
        [
            new(AccountTexts.ECpsInactiveReason, ReasonOf(reason)),
            new(AccountTexts.ECpsInactiveSince, ParisTime.Of(since)),
            new(AccountTexts.ECpsDevice, Device),
        ];
    }

    private static string ReasonOf(DeactivationReason reason) => reason switch
    {
        DeactivationReason.Deleted => AccountTexts.InactiveDeleted,
        DeactivationReason.ForgottenPin => AccountTexts.InactiveForgottenPin,
        DeactivationReason.Deactivated => AccountTexts.InactiveDeactivated,
        DeactivationReason.Replaced => AccountTexts.InactiveReplaced,
        DeactivationReason.Blocked => AccountTexts.InactiveBlocked,
        DeactivationReason.Delisted => AccountTexts.InactiveDelisted,
        DeactivationReason.Operator => AccountTexts.InactiveOperator,
        _ => AccountTexts.InactiveExpired,
    };
}
