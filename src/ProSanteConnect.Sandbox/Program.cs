using ProSanteConnect.Sandbox.Start;

return await SandboxCommand.RunAsync(args);
