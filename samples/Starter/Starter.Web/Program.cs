using StackExchange.Redis;

var builder = WebApplication.CreateBuilder(args);
builder.AddRedisClient("cache");
builder.Services.AddServiceDiscovery();
builder.Services.AddHealthChecks();
builder.Services.AddHttpClient("api", client => client.BaseAddress = new Uri("https+http://apiservice")).AddServiceDiscovery();

var app = builder.Build();

app.MapGet("/", async (IHttpClientFactory clients, IConnectionMultiplexer redis) =>
{
    var visits = await redis.GetDatabase().StringIncrementAsync("visits");
    var weather = await clients.CreateClient("api").GetStringAsync("/weatherforecast");
    return Results.Content($"<!doctype html><title>Weather</title><p>Visit {visits}</p><pre>{weather}</pre>", "text/html");
});
if (app.Environment.IsDevelopment())
    app.MapHealthChecks("/health");

app.Run();
