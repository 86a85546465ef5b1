using Fib.Tests.Deployment.Infrastructure.Checking;
using Fib.Tests.Deployment.Infrastructure.Reading;

namespace Fib.Tests.Deployment.Infrastructure;

/// <summary>Each check of the templates reports the errors that it is meant to find.</summary>
public class BrokenTemplateTests
{
    [Theory]
    [InlineData("{ A: { Type: AWS::S3::Pail } }", "A: unknown type AWS::S3::Pail")]
    [InlineData("{ A: { Type: AWS::S3::Bucket, Propertys: {} } }", "A: Propertys is not a resource attribute")]
    [InlineData("{ A: { Type: AWS::S3::Bucket, Properties: { Name: x } } }", "A: unknown property Name")]
    [InlineData("{ A: { Type: AWS::EC2::SecurityGroup, Properties: {} } }", "A: lacks GroupDescription")]
    [InlineData(
        "{ A: { Type: AWS::EC2::SecurityGroup, Properties: { GroupDescription: !If [C, x, !Ref AWS::NoValue] } } }",
        "A: lacks GroupDescription")]
    [InlineData(
        "{ A: { Type: AWS::EC2::SecurityGroup, Properties: { GroupDescription: x, SecurityGroupIngress: [{ Protocol: tcp, "
            + "IpProtocol: tcp }] } } }",
        "A.SecurityGroupIngress[0]: unknown property Protocol")]
    [InlineData(
        "{ A: { Type: AWS::EC2::SecurityGroup, Properties: { GroupDescription: x, SecurityGroupIngress: [{ FromPort: 80 }] } } }",
        "A.SecurityGroupIngress[0]: lacks IpProtocol")]
    [InlineData(
        "{ A: { Type: AWS::EC2::SecurityGroup, Properties: { GroupDescription: x, SecurityGroupIngress: [{ IpProtocol: tcp, "
            + "FromPort: http }] } } }",
        "A.SecurityGroupIngress[0].FromPort: 'http' is not of type integer")]
    [InlineData("{ A: { Type: AWS::RDS::DBInstance, Properties: { MultiAZ: perhaps } } }", "A.MultiAZ: 'perhaps' is not of type boolean")]
    [InlineData(
        "{ A: { Type: AWS::RDS::DBInstance, Properties: { MultiAZ: !If [C, true, 5] } } }",
        "A.MultiAZ: '5' is not of type boolean")]
    [InlineData(
        "{ A: { Type: AWS::RDS::DBInstance, Properties: { MultiAZ: !FindInMap [M, x, y] } } }",
        "A.MultiAZ: 'never' is not of type boolean")]
    [InlineData("{ A: { Type: AWS::RDS::DBInstance, Properties: { VPCSecurityGroups: sg-1 } } }", "A.VPCSecurityGroups: must be a list")]
    [InlineData(
        "{ A: { Type: AWS::RDS::DBInstance, Properties: { VPCSecurityGroups: !Ref P } } }",
        "A.VPCSecurityGroups: {\"Ref\":\"P\"} is not of type array")]
    [InlineData("{ A: { Type: AWS::RDS::DBInstance, Properties: { DBName: !Ref L } } }", "A.DBName: {\"Ref\":\"L\"} is not of type string")]
    [InlineData("{ A: { Type: AWS::RDS::DBInstance, Properties: { Tags: [{ Key: x }] } } }", "A.Tags[0]: must have Key and Value")]
    [InlineData(
        "{ A: { Type: AWS::Logs::LogGroup, Properties: { RetentionInDays: 8 } } }",
        "A.RetentionInDays: '8' is not of type integer, one of [1, 3, 5")]
    public void Property_InvalidBySchema_IsReported(string resources, string problem)
    {
        Assert.SkipWhen(Schema.Find() is null, Schema.WhyMissing);
        var found = Assert.Single(PropertyCheck.Problems(Broken(resources), Schema.Find()!));
        Assert.StartsWith(WithoutBlanks(problem), WithoutBlanks(found), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ A: { Type: AWS::S3::Bucket, Properties: { BucketName: !Ref Nothing } } }", "Resources: A: undeclared Nothing (Ref)")]
    [InlineData(
        "{ A: { Type: AWS::S3::Bucket, Properties: { BucketName: !Sub 'x-${Nothing}-${!Literal}' } } }",
        "Resources: A: undeclared Nothing (Ref)")]
    [InlineData("{ A: { Type: AWS::S3::Bucket, Properties: { BucketName: !GetAtt A.Name } } }", "Resources: A: undeclared A.Name (GetAtt)")]
    [InlineData("{ A: { Type: AWS::S3::Bucket, Properties: { BucketName: !Sub '${B.Arn}' } } }", "Resources: A: undeclared B.Arn (GetAtt)")]
    [InlineData("{ A: { Type: AWS::S3::Bucket, Condition: Nothing } }", "Resources: A: undeclared Nothing (Condition)")]
    [InlineData(
        "{ A: { Type: AWS::S3::Bucket, Properties: { BucketName: !If [Nothing, x, y] } } }",
        "Resources: A: undeclared Nothing (Condition)")]
    [InlineData("{ A: { Type: AWS::S3::Bucket, DependsOn: B } }", "A: depends on the undeclared B")]
    [InlineData("{ A: { Type: AWS::S3::Bucket, Properties: { BucketName: !FindInMap [M, !Ref Q, y] } } }", "M has no y for other")]
    public void Reference_Undeclared_IsReported(string resources, string problem)
    {
        Assert.SkipWhen(Schema.Find() is null, Schema.WhyMissing);
        Assert.Contains(problem, ReferenceCheck.Problems(Broken(resources), Schema.Find()!));
    }

    [Theory]
    [InlineData("Parameters: P is not used")]
    [InlineData("Parameters: P has no description")]
    [InlineData("Mappings: M is not used")]
    [InlineData("Conditions: C is not used")]
    public void Declaration_UnusedOrWithoutDescription_IsReported(string problem)
    {
        Assert.SkipWhen(Schema.Find() is null, Schema.WhyMissing);
        Assert.Contains(problem, ReferenceCheck.Problems(Broken("{}"), Schema.Find()!));
    }

    [Theory]
    [InlineData("{ A: { Type: X, Properties: { P: !Ref A } } }", "circular dependencies: A")]
    [InlineData(
        "{ A: { Type: X, DependsOn: B }, B: { Type: X, Properties: { P: [!Sub '${C.Arn}'] } }, C: { Type: X, Properties: { P: { Q: "
            + "!GetAtt A.Arn } } }, D: { Type: X } }",
        "circular dependencies: A, B, C")]
    public void Cycle_IsReported(string resources, string problem) => Assert.Equal([problem], Graph.Problems(Broken(resources)));

    [Theory]
    [InlineData(
        "{ A: { Type: X, Condition: C }, B: { Type: X, Properties: { P: !Ref A } } }",
        "B refers to A, which is not always created")]
    [InlineData(
        "{ A: { Type: X, Condition: C }, B: { Type: X, Properties: { P: !If [C, x, !GetAtt A.Arn] } } }",
        "B refers to A, which is not always created")]
    [InlineData("{ A: { Type: X, Condition: C }, B: { Type: X, DependsOn: [A] } }", "B refers to A, which is not always created")]
    public void Reference_ToResourceThatMayNotExist_IsReported(string resources, string problem) =>
        Assert.Equal([problem], ConditionCheck.Problems(Broken(resources)));

    [Theory]
    [InlineData("{ Effect: Allow, Action: 's3:*', Resource: 'arn:x' }", "A: s3:* has a wildcard")]
    [InlineData("{ Effect: Allow, Action: ['s3:Get*'], Resource: 'arn:x' }", "A: s3:Get* has a wildcard")]
    [InlineData(
        "{ Effect: Allow, NotAction: s3:GetObject, Resource: 'arn:x' }",
        "A: a statement must not use NotAction, NotResource or NotPrincipal")]
    [InlineData("{ Effect: Allow, Principal: '*', Action: sts:AssumeRole }", "A: has the principal *")]
    [InlineData("{ Effect: Allow, Action: s3:GetObject }", "A: a statement has no resource")]
    [InlineData("{ Effect: Allow, Action: s3:GetObject, Resource: bucket }", "A: bucket is not an ARN")]
    [InlineData("!Sub '{\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"s3:*\",\"Resource\":\"arn:x\"}]}'", "A: s3:* has a wildcard")]
    public void Statement_ThatIsTooBroad_IsReported(string statement, string problem) =>
        Assert.Contains(problem, PolicyCheck.Problems(Broken($"{{ A: {{ Type: X, Properties: {{ Policy: {statement} }} }} }}")));

    [Theory]
    [InlineData("- s3:GetObject")]
    [InlineData("Resource: \"*\"")]
    [InlineData("Resource: ['*']")]
    [InlineData("- \"*\"")]
    public void Permission_WithoutAComment_IsReported(string line)
    {
        const string start = "Resources:\n  A:\n    Type: X\n    List:\n      ";
        Assert.Equal([$"no comment explains: {line}"], PolicyCheck.Problems(new Template(start + line + "\n")));
        Assert.Empty(PolicyCheck.Problems(new Template(start + line + " # why\n")));
    }

    [Theory]
    [InlineData(
        "{ A: { Type: X, Properties: { MasterUserPassword: hunter2 } } }",
        "A.MasterUserPassword: must be resolved from Secrets Manager")]
    [InlineData("{ A: { Type: X, Properties: { AuthToken: !Ref P } } }", "A.AuthToken: must be resolved from Secrets Manager")]
    [InlineData("{ A: { Type: X, Properties: { Name: !Sub '{{resolve:secretsmanager:x}}' } } }", "A.Properties.Name: exposes a secret")]
    [InlineData(
        "{ A: { Type: AWS::ElasticBeanstalk::Environment, Properties: { OptionSettings: [{ Namespace: "
            + "'aws:elasticbeanstalk:application:environment', OptionName: PGPASSWORD, Value: x }] } } }",
        "A: PGPASSWORD must be an environment secret")]
    [InlineData("{}", "PasswordOfMine: must have NoEcho", "PasswordOfMine: { Type: String }")]
    public void Secret_ThatIsWrittenOrExposed_IsReported(string resources, string problem, string parameter = "Z: { Type: String }") =>
        Assert.Contains(problem, SecretCheck.Problems(new Template($"Parameters: {{ {parameter} }}\nResources: {resources}\n")));

    private static string WithoutBlanks(string text) => text.Replace(", ", ",", StringComparison.Ordinal);

    private static Template Broken(string resources) => new(
        $$"""
        Parameters: { P: { Type: String }, L: { Type: CommaDelimitedList }, Q: { Type: String, AllowedValues: [x, other] } }
        Mappings: { M: { x: { y: never } } }
        Conditions: { C: !Equals [!Ref Q, x] }
        Resources: {{resources}}
        """);
}
