using Fib.Hosting.ElasticBeanstalk.Deploying;
using Fib.Hosting.ElasticBeanstalk.Model;

namespace Fib.Tests.Deployment.Aspire;

/// <summary>A bundle is deployed only if the environment has its required properties.</summary>
public sealed class RequiredPropertiesTests : DeploymentTestBase
{
    private const string Compose =
        """
        services:
          web:
            environment:
              CACHE: "${CACHE_HOST:?CACHE_HOST must be the host name of cache}:${CACHE_PORT:-6379}"
              ORDERS: "${ConnectionStrings__orders:?a connection string}"
              CULTURE: "${STORE_CULTURE:?the culture}"
              PRICE: "$${PRICE:?not a property}"
        """;

    [Fact]
    public async Task Deploy_MissingProperties_AreNamedBeforeAnythingIsChanged()
    {
        await WriteBundleAsync(
            ("docker-compose.yml", Compose), (".platform/hooks/prebuild/10_registry_login.sh", "property REGISTRY_USER"));
        Aws.Answer("DescribeConfigurationSettings", AwsReply.Options(
            (CurrentProperties.PlainNamespace, "CACHE_HOST", ""), (CurrentProperties.PlainNamespace, "REGISTRY_USER", "deployer"),
            (CurrentProperties.SecretNamespace, "ConnectionStrings__orders", "arn:aws:secretsmanager:eu-west-1:123456789012:secret:o")));
        Assert.Equal(
            "fib-env was not changed: it has no value for required properties of the bundle: CACHE_HOST, REGISTRY_PASSWORD, " +
            "STORE_CULTURE. Set them in the environment's configuration; ENVIRONMENT.md beside the bundle describes them.",
            await FailAsync(Before));
        Assert.Empty(Aws.Changes);
    }

    [Fact]
    public async Task Deploy_PropertiesOfParametersAndOfTheAppsFiles_AreNotMissing()
    {
        await WriteBundleAsync(
            ("docker-compose.yml", Compose),
            (".ebextensions/cache.config", "option_settings:\n  - option_name: CACHE_HOST\n    value: cache.example.com\n"),
            (".platform/hooks/predeploy/20_orders.sh", "echo \"ConnectionStrings__orders=$orders\" >> .env"));
        Aws.Answer("DescribeEnvironments", Before);
        await Deployment("fib-2").UploadAsync(Bundle, NewCulture, CancellationToken.None);
    }

    [Fact]
    public async Task Deploy_PropertiesMayNotBeRead_IsOneLine()
    {
        Aws.Answer("DescribeConfigurationSettings", AwsReply.Refused("AccessDenied", "User: deployer is not authorized"));
        Assert.Equal(
            "aws elasticbeanstalk describe-configuration-settings: An error occurred (AccessDenied) when calling the " +
            "DescribeConfigurationSettings operation: User: deployer is not authorized",
            await FailAsync(Before));
        Assert.Empty(Aws.Changes);
    }

    [Fact]
    public async Task Deploy_ExistingVersion_NeedsNoPermissionToReadTheProperties()
    {
        Aws.Answer("DescribeApplicationVersions", AwsReply.Version("bucket", "any.zip"));
        Aws.Answer("DescribeEnvironments", Green, Updating, Before);
        await Deployment("fib-1").RunAsync(null, new PlatformSettings(), CancellationToken.None);
        Assert.Equal(0, Aws.Count("DescribeConfigurationSettings"));
    }
}
