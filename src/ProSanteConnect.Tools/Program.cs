using System.CommandLine;
using ProSanteConnect.Tools;

// The table of contents: one line for each command.
Command[] commands =
[
];
return await CommandLine.RunAsync(commands, args);
