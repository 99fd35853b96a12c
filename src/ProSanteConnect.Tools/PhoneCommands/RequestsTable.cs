using ProSanteConnect.Tools.Phone;
using Spectre.Console;

namespace ProSanteConnect.Tools.PhoneCommands;

/// <summary>The sign-ins that wait, as a table.</summary>
internal static class RequestsTable
{
    public const string None = "Aucune demande en attente";

    public static Table Of(IEnumerable<WaitingRequest> requests, TimeProvider clock)
    {
        var table = new Table()
            .AddColumn(new TableColumn("Demande").NoWrap())
            .AddColumns("Application", "Navigateur", "Lieu", "Reçue le", "Reste");
        foreach (var request in requests)
        {
            table.AddRow(
                new Text(request.Id),
                new Text(request.Application),
                new Text(request.KnownBrowser ? request.Browser : $"{request.Browser} (jamais vu)"),
                new Text(request.Place),
                new Text(clock.InWords(request.StartedAt)),
                new Text($"{Math.Max(0, (int)(request.ExpiresAt - clock.GetUtcNow()).TotalSeconds)} s"));
        }

        return table;
    }
}
