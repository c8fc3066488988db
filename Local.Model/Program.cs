using Local.Model;
using ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
builder.UseDefaultUrl("http://localhost:8000");
builder.AddServiceDefaults();
builder.AddLocalModel();

var app = builder.Build();
app.MapLocalModel();
app.Run();
