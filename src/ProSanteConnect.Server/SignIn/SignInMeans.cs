namespace ProSanteConnect.Server.SignIn;

/// <summary>The ways to prove who one is, which are the tabs of the sign-in page.</summary>
internal enum SignInMeans
{
    ECps,
    Card,
}

internal static class SignInMeansNames
{
    /// <summary>As addresses and the cookie spell it.</summary>
    public static string Slug(this SignInMeans means) => means == SignInMeans.Card ? "carte" : "e-cps";

    public static SignInMeans? Parse(string? slug) => slug switch
    {
        "carte" => SignInMeans.Card,
        "e-cps" => SignInMeans.ECps,
        _ => null,
    };
}
