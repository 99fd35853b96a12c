using WebRelyingParty;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddRazorPages();
builder.Services.AddProSanteConnect();

var app = builder.Build();
app.UseExceptionHandler("/erreur");
app.UsePageHeaders();
// Before authentication, so that fetching the stylesheet never refreshes tokens.
app.UseStaticFiles();
app.UseAuthentication();
app.MapProSanteConnect();
app.MapRazorPages();
app.Run();
