using System.CommandLine;
using System.Diagnostics;
using ProSanteConnect.Tools.Phone;

namespace ProSanteConnect.Tools.PhoneCommands;

/// <summary><c>psc phone watch</c>: shows each change until Ctrl-C, or until the e-CPS is no longer active.</summary>
internal static class WatchCommand
{
    public static Command Create(PhoneWorld world)
    {
        var command = new Command("watch", "affiche les demandes dès qu'elles arrivent, jusqu'à Ctrl-C");
        command.SetHolderAction(world, async (phone, parsed, ct) =>
        {
            try
            {
                await foreach (var news in phone.FollowAsync(ct))
                {
                    if (news is PhoneEvent.Ended { Problem: { } problem }) return parsed.Refuse(problem);
                    Show(news, world.Clock, parsed);
                }
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                // Ctrl-C is how one stops watching.
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static void Show(PhoneEvent news, TimeProvider clock, ParseResult parsed)
    {
        var output = parsed.InvocationConfiguration.Output;
        switch (news)
        {
            case PhoneEvent.Requests({ Count: 0 }):
                output.WriteLine(RequestsTable.None);
                break;
            case PhoneEvent.Requests(var waiting):
                parsed.Output().Write(RequestsTable.Of(waiting, clock));
                break;
            case PhoneEvent.Active(var eCps):
                output.WriteLine($"e-CPS de {eCps.Holder} : Actif, jusqu'au {clock.InWords(eCps.ExpiresAt)}");
                break;
            case PhoneEvent.Inactive:
                output.WriteLine("e-CPS : Inactive");
                break;
            default:
                throw new UnreachableException($"News {news}");
        }
    }
}
