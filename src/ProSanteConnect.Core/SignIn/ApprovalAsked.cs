using ProSanteConnect.Core.Authenticators;

namespace ProSanteConnect.Core.SignIn;

/// <summary>The request that the computer waits for, and the phone that was asked, or why none was.</summary>
public sealed record ApprovalAsked(ApprovalRequest Request, ECps? ECps, DecoyReason? Decoy);
