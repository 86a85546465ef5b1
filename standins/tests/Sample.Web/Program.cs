// A service for the host's tests: tells its environment, becomes unhealthy or ends on request.
var builder = WebApplication.CreateBuilder(args);
var app = builder.Build();
var healthy = true;

app.MapGet("/health", () => healthy ? Results.Ok() : Results.StatusCode(StatusCodes.Status503ServiceUnavailable));
app.MapGet("/environment", () => Environment.GetEnvironmentVariables());
app.MapGet("/process", () => new { Environment.ProcessId, Args = args, Folder = Directory.GetCurrentDirectory(), Answer = "first" });
app.MapPost("/unhealthy", () => { healthy = false; });
app.MapPost("/exit/{code:int}", (int code) => Environment.Exit(code));
app.Run();
