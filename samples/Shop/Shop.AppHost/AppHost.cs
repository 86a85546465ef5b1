var builder = DistributedApplication.CreateBuilder(args);

// Parameters: with a default, without one, and a secret.
var culture = builder.AddParameter("store-culture", "en-US", publishValueAsDefault: true);
var storeName = builder.AddParameter("storeName");
var paymentKey = builder.AddParameter("payment-key", secret: true);

// Stores.
var redis = builder.AddRedis("redis").WithDataVolume();
var postgres = builder.AddPostgres("postgres").WithDataVolume();
var catalogDb = postgres.AddDatabase("catalogdb");
var identityDb = postgres.AddDatabase("identitydb");
var rabbitMq = builder.AddRabbitMQ("eventbus").WithManagementPlugin();
var orders = builder.AddConnectionString("orders");

// A job whose completion the services wait for.
var migrations = builder.AddProject<Projects.Shop_Migrations>("migrations")
    .WithReference(catalogDb)
    .WaitFor(catalogDb)
    .WithArgs("--culture", culture);

var identity = builder.AddProject<Projects.Shop_Api>("identity-api")
    .WithReference(identityDb)
    .WaitFor(identityDb);

var catalog = builder.AddProject<Projects.Shop_Api>("catalog-api")
    .WithReference(catalogDb)
    .WithReference(rabbitMq)
    .WaitForCompletion(migrations)
    .WithReplicas(2);

var basket = builder.AddProject<Projects.Shop_Api>("basket-api")
    .WithReference(redis)
    .WithReference(rabbitMq)
    .WithReference(orders)
    .WithEnvironment("IdentityUrl", identity.GetEndpoint("https"))
    .WithEnvironment("Payment__Key", paymentKey);

// Built from a Dockerfile.
var recommendations = builder.AddDockerfile("recommendations", "../recommendations")
    .WithHttpEndpoint(targetPort: 8000)
    .WithReference(redis);

builder.AddContainer("prometheus", "prom/prometheus", "v3.7.1")
    .WithBindMount("prometheus", "/etc/prometheus", isReadOnly: true)
    .WithVolume("metrics", "/prometheus")
    .WithHttpEndpoint(targetPort: 9090)
    .WithArgs("--config.file=/etc/prometheus/prometheus.yml", "--storage.tsdb.retention.time=15d");

builder.AddContainer("mail", "axllent/mailpit")
    .WithHttpEndpoint(name: "ui", targetPort: 8025)
    .WithEndpoint(name: "smtp", targetPort: 1025);

// Runs only in development.
builder.AddExecutable("stripe", "stripe", ".", "listen").ExcludeFromManifest();

builder.AddProject<Projects.Shop_Web>("web-app")
    .WithExternalHttpEndpoints()
    .WithHttpHealthCheck("/ready")
    .WithReference(catalog)
    .WithReference(basket)
    .WithReference(identity)
    .WithEnvironment("Recommendations", recommendations.GetEndpoint("http"))
    .WithEnvironment("Store__Name", storeName)
    .WithEnvironment("Store__Culture", culture);

builder.AddElasticBeanstalkEnvironment("eb").WithApplication("shop");

builder.Build().Run();
