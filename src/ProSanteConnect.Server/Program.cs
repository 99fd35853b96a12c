using ProSanteConnect.Server;
using ProSanteConnect.Server.Shared.Origins;
using ProSanteConnect.Server.SignIn.Card;
using ProSanteConnect.Server.Start;

var builder = WebApplication.CreateBuilder(args);
builder.AddServer();
builder.AddCardListener();
builder.Services.AddConfiguredOrigins();

return await builder.RunPreparedAsync(app => app.UseServer());
