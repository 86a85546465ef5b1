namespace Fib.Tests.Deploy;

/// <summary>The environment variables that lead the <c>aws</c> program to an endpoint of the test, and keep it from this machine's own settings.</summary>
internal static class AwsVariables
{
    public static Dictionary<string, string?> Of(AwsEndpoint endpoint) => new()
    {
        ["AWS_ENDPOINT_URL"] = endpoint.Address,
        ["AWS_CONFIG_FILE"] = "/dev/null",
        ["AWS_SHARED_CREDENTIALS_FILE"] = "/dev/null",
        ["AWS_EC2_METADATA_DISABLED"] = "true",
        ["AWS_ACCESS_KEY_ID"] = "AKIAEXAMPLE",
        ["AWS_SECRET_ACCESS_KEY"] = "secret-key",
        ["AWS_DEFAULT_REGION"] = "eu-west-1",
        ["NO_PROXY"] = "127.0.0.1",
    };
}
