var builder = WebApplication.CreateBuilder(args);
builder.Services.AddHealthChecks();

var app = builder.Build();

string[] summaries = ["Freezing", "Cool", "Mild", "Warm", "Hot"];
app.MapGet("/weatherforecast", () => Enumerable.Range(1, 5).Select(day => new { Day = day, Summary = summaries[day % summaries.Length] }));
if (app.Environment.IsDevelopment())
    app.MapHealthChecks("/health");

app.Run();
