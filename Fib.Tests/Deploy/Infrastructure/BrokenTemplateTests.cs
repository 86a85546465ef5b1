using Fib.Tests.Deploy.Infrastructure.Checking;
using Fib.Tests.Deploy.Infrastructure.Reading;

namespace Fib.Tests.Deploy.Infrastructure;

/// <summary>Each check finds what it is there for.</summary>
public class BrokenTemplateTests
{
    [Theory]
    [InlineData("{ A: { Type: AWS::S3::Pail } }", "A: there is no type AWS::S3::Pail")]
    [InlineData("{ A: { Type: AWS::S3::Bucket, Propertys: {} } }", "A: a resource has no Propertys")]
    [InlineData("{ A: { Type: AWS::S3::Bucket, Properties: { Name: x } } }", "A: there is no property Name")]
    [InlineData("{ A: { Type: AWS::EC2::SecurityGroup, Properties: {} } }", "A: lacks GroupDescription")]
    [InlineData("{ A: { Type: AWS::EC2::SecurityGroup, Properties: { GroupDescription: !If [C, x, !Ref AWS::NoValue] } } }", "A: lacks GroupDescription")]
    [InlineData("{ A: { Type: AWS::EC2::SecurityGroup, Properties: { GroupDescription: x, SecurityGroupIngress: [{ Protocol: tcp, IpProtocol: tcp }] } } }", "A.SecurityGroupIngress[0]: there is no property Protocol")]
    [InlineData("{ A: { Type: AWS::EC2::SecurityGroup, Properties: { GroupDescription: x, SecurityGroupIngress: [{ FromPort: 80 }] } } }", "A.SecurityGroupIngress[0]: lacks IpProtocol")]
    [InlineData("{ A: { Type: AWS::EC2::SecurityGroup, Properties: { GroupDescription: x, SecurityGroupIngress: [{ IpProtocol: tcp, FromPort: http }] } } }", "A.SecurityGroupIngress[0].FromPort: 'http' is no integer")]
    [InlineData("{ A: { Type: AWS::RDS::DBInstance, Properties: { MultiAZ: perhaps } } }", "A.MultiAZ: 'perhaps' is no boolean")]
    [InlineData("{ A: { Type: AWS::RDS::DBInstance, Properties: { MultiAZ: !If [C, true, 5] } } }", "A.MultiAZ: '5' is no boolean")]
    [InlineData("{ A: { Type: AWS::RDS::DBInstance, Properties: { MultiAZ: !FindInMap [M, x, y] } } }", "A.MultiAZ: 'never' is no boolean")]
    [InlineData("{ A: { Type: AWS::RDS::DBInstance, Properties: { VPCSecurityGroups: sg-1 } } }", "A.VPCSecurityGroups: must be a list")]
    [InlineData("{ A: { Type: AWS::RDS::DBInstance, Properties: { VPCSecurityGroups: !Ref P } } }", "A.VPCSecurityGroups: {\"Ref\":\"P\"} is no array")]
    [InlineData("{ A: { Type: AWS::RDS::DBInstance, Properties: { DBName: !Ref L } } }", "A.DBName: {\"Ref\":\"L\"} is no string")]
    [InlineData("{ A: { Type: AWS::RDS::DBInstance, Properties: { Tags: [{ Key: x }] } } }", "A.Tags[0]: must have Key and Value")]
    [InlineData("{ A: { Type: AWS::Logs::LogGroup, Properties: { RetentionInDays: 8 } } }", "A.RetentionInDays: '8' is no integer of [1, 3, 5")]
    public void Property_ThatTheSchemaDoesNotKnow_IsFound(string resources, string problem)
    {
        Assert.SkipWhen(Schema.Find() is null, Schema.WhyMissing);
        Assert.StartsWith(problem.Replace(", ", ",", StringComparison.Ordinal), Assert.Single(PropertyCheck.Problems(Broken(resources), Schema.Find()!)).Replace(", ", ",", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ A: { Type: AWS::S3::Bucket, Properties: { BucketName: !Ref Nothing } } }", "Resources: A: there is no Nothing (Ref)")]
    [InlineData("{ A: { Type: AWS::S3::Bucket, Properties: { BucketName: !Sub 'x-${Nothing}-${!Literal}' } } }", "Resources: A: there is no Nothing (Ref)")]
    [InlineData("{ A: { Type: AWS::S3::Bucket, Properties: { BucketName: !GetAtt A.Name } } }", "Resources: A: there is no A.Name (GetAtt)")]
    [InlineData("{ A: { Type: AWS::S3::Bucket, Properties: { BucketName: !Sub '${B.Arn}' } } }", "Resources: A: there is no B.Arn (GetAtt)")]
    [InlineData("{ A: { Type: AWS::S3::Bucket, Condition: Nothing } }", "Resources: A: there is no Nothing (Condition)")]
    [InlineData("{ A: { Type: AWS::S3::Bucket, Properties: { BucketName: !If [Nothing, x, y] } } }", "Resources: A: there is no Nothing (Condition)")]
    [InlineData("{ A: { Type: AWS::S3::Bucket, DependsOn: B } }", "A: depends on B, which there is not")]
    [InlineData("{ A: { Type: AWS::S3::Bucket, Properties: { BucketName: !FindInMap [M, !Ref Q, y] } } }", "M has no y for other")]
    public void Reference_ToWhatIsNotDeclared_IsFound(string resources, string problem)
    {
        Assert.SkipWhen(Schema.Find() is null, Schema.WhyMissing);
        Assert.Contains(problem, ReferenceCheck.Problems(Broken(resources), Schema.Find()!));
    }

    [Theory]
    [InlineData("Parameters: P is not used")]
    [InlineData("Parameters: P is not described")]
    [InlineData("Mappings: M is not used")]
    [InlineData("Conditions: C is not used")]
    public void Declaration_ThatNobodyUsesOrUnderstands_IsFound(string problem)
    {
        Assert.SkipWhen(Schema.Find() is null, Schema.WhyMissing);
        Assert.Contains(problem, ReferenceCheck.Problems(Broken("{}"), Schema.Find()!));
    }

    [Theory]
    [InlineData("{ A: { Type: X, Properties: { P: !Ref A } } }", "wait for each other: A")]
    [InlineData("{ A: { Type: X, DependsOn: B }, B: { Type: X, Properties: { P: [!Sub '${C.Arn}'] } }, C: { Type: X, Properties: { P: { Q: !GetAtt A.Arn } } }, D: { Type: X } }", "wait for each other: A, B, C")]
    public void Cycle_IsFound(string resources, string problem) => Assert.Equal([problem], Graph.Problems(Broken(resources)));

    [Theory]
    [InlineData("{ A: { Type: X, Condition: C }, B: { Type: X, Properties: { P: !Ref A } } }", "B names A also where there is none")]
    [InlineData("{ A: { Type: X, Condition: C }, B: { Type: X, Properties: { P: !If [C, x, !GetAtt A.Arn] } } }", "B names A also where there is none")]
    [InlineData("{ A: { Type: X, Condition: C }, B: { Type: X, DependsOn: [A] } }", "B names A also where there is none")]
    public void Reference_ToWhatAConditionLeavesOut_IsFound(string resources, string problem) => Assert.Equal([problem], ConditionCheck.Problems(Broken(resources)));

    [Theory]
    [InlineData("{ Effect: Allow, Action: 's3:*', Resource: 'arn:x' }", "A: s3:* is more than one action")]
    [InlineData("{ Effect: Allow, Action: ['s3:Get*'], Resource: 'arn:x' }", "A: s3:Get* is more than one action")]
    [InlineData("{ Effect: Allow, NotAction: s3:GetObject, Resource: 'arn:x' }", "A: a statement must not say what it leaves out")]
    [InlineData("{ Effect: Allow, Principal: '*', Action: sts:AssumeRole }", "A: trusts everybody")]
    [InlineData("{ Effect: Allow, Action: s3:GetObject }", "A: a statement names no resource")]
    [InlineData("{ Effect: Allow, Action: s3:GetObject, Resource: bucket }", "A: bucket is no ARN")]
    [InlineData("!Sub '{\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"s3:*\",\"Resource\":\"arn:x\"}]}'", "A: s3:* is more than one action")]
    public void Statement_ThatAllowsMoreThanItSays_IsFound(string statement, string problem) =>
        Assert.Contains(problem, PolicyCheck.Problems(Broken($"{{ A: {{ Type: X, Properties: {{ Policy: {statement} }} }} }}")));

    [Theory]
    [InlineData("- s3:GetObject")]
    [InlineData("Resource: \"*\"")]
    [InlineData("Resource: ['*']")]
    [InlineData("- \"*\"")]
    public void Right_WithoutAReason_IsFound(string line)
    {
        const string start = "Resources:\n  A:\n    Type: X\n    List:\n      ";
        Assert.Equal([$"without a reason beside it: {line}"], PolicyCheck.Problems(new Template(start + line + "\n")));
        Assert.Empty(PolicyCheck.Problems(new Template(start + line + " # why\n")));
    }

    [Theory]
    [InlineData("{ A: { Type: X, Properties: { MasterUserPassword: hunter2 } } }", "A.MasterUserPassword: must be resolved from Secrets Manager")]
    [InlineData("{ A: { Type: X, Properties: { AuthToken: !Ref P } } }", "A.AuthToken: must be resolved from Secrets Manager")]
    [InlineData("{ A: { Type: X, Properties: { Name: !Sub '{{resolve:secretsmanager:x}}' } } }", "A.Properties.Name: shows a secret")]
    [InlineData("{ A: { Type: AWS::ElasticBeanstalk::Environment, Properties: { OptionSettings: [{ Namespace: 'aws:elasticbeanstalk:application:environment', OptionName: PGPASSWORD, Value: x }] } } }", "A: PGPASSWORD belongs among the environment's secrets")]
    [InlineData("{}", "PasswordOfMine: must have NoEcho", "PasswordOfMine: { Type: String }")]
    public void Secret_ThatIsWrittenOrShown_IsFound(string resources, string problem, string parameter = "Z: { Type: String }") =>
        Assert.Contains(problem, SecretCheck.Problems(new Template($"Parameters: {{ {parameter} }}\nResources: {resources}\n")));

    private static Template Broken(string resources) => new(
        $$"""
        Parameters: { P: { Type: String }, L: { Type: CommaDelimitedList }, Q: { Type: String, AllowedValues: [x, other] } }
        Mappings: { M: { x: { y: never } } }
        Conditions: { C: !Equals [!Ref Q, x] }
        Resources: {{resources}}
        """);
}
