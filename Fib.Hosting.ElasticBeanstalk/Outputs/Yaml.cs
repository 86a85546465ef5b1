using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;
using Fib.Hosting.ElasticBeanstalk.Compose;

namespace Fib.Hosting.ElasticBeanstalk.Outputs;

/// <summary>Serializes nodes as YAML that YAML 1.1 and 1.2 parsers read the same way.</summary>
internal static class Yaml
{
    private static readonly ISerializer Serializer = new SerializerBuilder()
        .WithNamingConvention(UnderscoredNamingConvention.Instance)
        .WithTypeConverter(new QuotedTextConverter())
        .WithQuotingNecessaryStrings(quoteYaml1_1Strings: true)
        .ConfigureDefaultValuesHandling(DefaultValuesHandling.OmitNull)
        .DisableAliases()
        .WithNewLine("\n")
        .Build();

    public static string Write(object node) => Serializer.Serialize(node);

    private sealed class QuotedTextConverter : IYamlTypeConverter
    {
        public bool Accepts(Type type) => type == typeof(QuotedText);

        public object ReadYaml(IParser parser, Type type, ObjectDeserializer rootDeserializer) =>
            throw new NotSupportedException("A bundle is only written.");

        public void WriteYaml(IEmitter emitter, object? value, Type type, ObjectSerializer serializer) =>
            emitter.Emit(new Scalar(null, null, ((QuotedText)value!).Text, ScalarStyle.DoubleQuoted, false, true));
    }
}
