using System.CommandLine;

var psc = new RootCommand("psc: l'outil de l'exploitant de ProSanteConnect");
return await psc.Parse(args).InvokeAsync();
