namespace Fib.AppHost;

/// <summary>The names of resources and connections, shared with the tests.</summary>
internal static class ResourceNames
{
    public const string Postgres = "postgres";
    public const string Database = "fibvalues";
    public const string Redis = "redis";
    public const string Api = "api";
    public const string Worker = "worker";
    public const string Web = "web";
    public const string Gateway = "gateway";
    public const string Beanstalk = "beanstalk";
}
