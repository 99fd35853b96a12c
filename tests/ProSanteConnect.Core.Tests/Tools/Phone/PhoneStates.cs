using ProSanteConnect.Tools.Phone;

namespace ProSanteConnect.Core.Tests.Tools.Phone;

/// <summary>Stored states of phones.</summary>
internal static class PhoneStates
{
    public static Uri Origin { get; } = new("https://wallet.example.org");

    public static DateTimeOffset Start { get; } = new(2026, 1, 1, 8, 0, 0, TimeSpan.Zero);

    /// <summary>A phone on which an e-CPS was activated.</summary>
    public static PhoneState Activated(PhoneKey? key = null) => new(Origin)
    {
        Phone = new EnrolledPhone("e1", "Camille FICTIF", "898765000017", "device", Start.AddDays(90), Start, key ?? PhoneKey.Generate()),
    };
}
