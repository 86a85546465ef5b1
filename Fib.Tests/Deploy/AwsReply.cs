namespace Fib.Tests.Deploy;

/// <summary>What the endpoint answers.</summary>
internal sealed record AwsReply(string Body, int Status = 200)
{
    /// <summary>An answer of Elastic Beanstalk.</summary>
    public static AwsReply Of(string operation, string result) =>
        new($"<{operation}Response xmlns=\"http://elasticbeanstalk.amazonaws.com/docs/2010-12-01/\"><{operation}Result>{result}</{operation}Result></{operation}Response>");

    public static AwsReply Refused(string code, string message, int status = 403) =>
        new($"<ErrorResponse><Error><Type>Sender</Type><Code>{code}</Code><Message>{message}</Message></Error></ErrorResponse>", status);

    /// <summary>A refusal of a service that speaks JSON.</summary>
    public static AwsReply RefusedJson(string code, string message) => new($$"""{"__type":"{{code}}","message":"{{message}}"}""", 400);

    /// <summary>The environment as <c>DescribeEnvironments</c> shows it.</summary>
    public static AwsReply Environment(string status, string health, string version, string cname = "fib.example.com") =>
        Of("DescribeEnvironments", $"<Environments><member><Status>{status}</Status><Health>{health}</Health><VersionLabel>{version}</VersionLabel><CNAME>{cname}</CNAME></member></Environments>");

    public static AwsReply Events(params IEnumerable<string> messages) => Of(
        "DescribeEvents",
        $"<Events>{string.Concat(messages.Select(message => $"<member><EventDate>2026-11-20T12:00:00Z</EventDate><Severity>INFO</Severity><Message>{message}</Message></member>"))}</Events>");

    public static AwsReply Version(string bucket, string key) => Of(
        "DescribeApplicationVersions",
        $"<ApplicationVersions><member><SourceBundle><S3Bucket>{bucket}</S3Bucket><S3Key>{key}</S3Key></SourceBundle></member></ApplicationVersions>");

    public static AwsReply Samples(params IEnumerable<string> urls) => Of(
        "RetrieveEnvironmentInfo",
        $"<EnvironmentInfo>{string.Concat(urls.Select(url => $"<member><InfoType>tail</InfoType><Ec2InstanceId>i-1</Ec2InstanceId><SampleTimestamp>2026-11-20T12:00:00Z</SampleTimestamp><Message>{url}</Message></member>"))}</EnvironmentInfo>");
}
