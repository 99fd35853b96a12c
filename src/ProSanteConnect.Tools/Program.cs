using System.CommandLine;
using ProSanteConnect.Tools;
using ProSanteConnect.Tools.BackupCommands;
using ProSanteConnect.Tools.CertCommands;
using ProSanteConnect.Tools.ClientCommands;
using ProSanteConnect.Tools.DirectoryCommands;
using ProSanteConnect.Tools.ECpsCommands;
using ProSanteConnect.Tools.KeyCommands;
using ProSanteConnect.Tools.OutboxCommands;
using ProSanteConnect.Tools.PhoneCommands;

// One line per command.
Command[] commands =
[
    CertsCommand.Create(TimeProvider.System),
    ImportDirectoryCommand.Create(TimeProvider.System),
    ClientsCommand.Create(TimeProvider.System),
    KeysCommand.Create(TimeProvider.System),
    OutboxCommand.Create(TimeProvider.System),
    ECpsCommand.Create(TimeProvider.System),
    PhoneCommand.Create(TimeProvider.System),
    BackupCommand.Create(),
    RestoreCommand.Create(),
];
return await CommandLine.RunAsync(commands, args);
