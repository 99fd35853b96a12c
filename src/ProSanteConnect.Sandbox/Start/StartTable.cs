namespace ProSanteConnect.Sandbox.Start;

/// <summary>The table on the console that says where everything is. Addresses stay whole, so that they can be copied.</summary>
internal static class StartTable
{
    public static void Print(PreparedSandbox prepared)
    {
        var arguments = prepared.Arguments;
        var https = $"https://localhost:{arguments.HttpsPort}";
        var http = $"http://localhost:{arguments.HttpPort}";
        Console.WriteLine();
        Line("Portail", $"{http}/  (ou {https}/)");
        foreach (var name in arguments.Names)
            Line("Découverte", $"https://{name}:{arguments.HttpsPort}/auth/realms/esante-wallet/.well-known/wallet-openid-configuration");

        Line("Lecteur de carte", $"https://localhost:{arguments.CardPort}/  (TLS avec certificat)");
        Line("Cartes de test", $"{http}/sandbox/cartes  ({prepared.Pki.Cards.Count} cartes, code porteur 1234)");
        Line("Mails et SMS", $"{http}/sandbox/boite  (rien ne quitte cette machine)");
        Line("Professionnels", $"{prepared.Practitioners}, tous fictifs");
        Line("Relying party", "exemple-web, secret exemple-web-secret-pour-le-bac-a-sable-0001");
        Line("Vos clients", prepared.Folder.Clients);
        Line("Autorité TLS", prepared.Folder.TrustedRoot);
        Line("État", $"{prepared.Folder.FullPath}  (l'effacer, c'est recommencer)");
        Console.WriteLine();
        Console.WriteLine("Le bac à sable est prêt. Ctrl+C pour l'arrêter.");
    }

    private static void Line(string name, string value) => Console.WriteLine($"  {name,-17} {value}");
}
