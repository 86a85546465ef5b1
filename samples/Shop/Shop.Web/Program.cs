var app = WebApplication.CreateBuilder(args).Build();
app.MapGet("/ready", () => "Healthy");
app.Run();
