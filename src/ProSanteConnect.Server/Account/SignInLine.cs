namespace ProSanteConnect.Server.Account;

/// <summary>One sign-in of "Mes connexions".</summary>
/// <param name="EntryId">The journal's number, by which its owner disowns it.</param>
/// <param name="At">When.</param>
/// <param name="Application">Where to.</param>
/// <param name="Means">By what.</param>
/// <param name="Where">From which browser and address.</param>
internal sealed record SignInLine(long EntryId, DateTimeOffset At, string Application, string Means, string Where);
