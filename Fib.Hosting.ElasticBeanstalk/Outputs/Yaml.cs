using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.EventEmitters;
using YamlDotNet.Serialization.NamingConventions;
using Fib.Hosting.ElasticBeanstalk.Compose;

namespace Fib.Hosting.ElasticBeanstalk.Outputs;

/// <summary>Serializes nodes as YAML that YAML 1.1 and 1.2 parsers read the same way.</summary>
internal static partial class Yaml
{
    private static readonly ISerializer Serializer = new SerializerBuilder()
        .WithNamingConvention(UnderscoredNamingConvention.Instance)
        .WithTypeConverter(new QuotedTextConverter())
        .WithEventEmitter(next => new QuotingEmitter(next))
        .WithQuotingNecessaryStrings(quoteYaml1_1Strings: true)
        .ConfigureDefaultValuesHandling(DefaultValuesHandling.OmitNull)
        .DisableAliases()
        .WithNewLine("\n")
        .Build();

    public static string Write(object node) => Serializer.Serialize(node);

    /// <summary>
    /// Text that a parser of YAML 1.1 or 1.2 may read as a number, date or time, or as a merge or default key. The serializer's own quoting
    /// knows neither dates nor exponents; it knows null and the words for true and false.
    /// </summary>
    [GeneratedRegex(@"^(?:[-+]?\.?[0-9][0-9A-Fa-fTtZzOoXx_.,: +-]*|[-+]?\.(?:inf|nan)|=|<<|~)\z", RegexOptions.IgnoreCase)]
    private static partial Regex OtherType();

    private sealed class QuotingEmitter(IEventEmitter next) : ChainedEventEmitter(next)
    {
        public override void Emit(ScalarEventInfo eventInfo, IEmitter emitter)
        {
            if (eventInfo is { Style: ScalarStyle.Any, Source.Value: string text } && OtherType().IsMatch(text))
                eventInfo.Style = ScalarStyle.DoubleQuoted;
            base.Emit(eventInfo, emitter);
        }
    }

    private sealed class QuotedTextConverter : IYamlTypeConverter
    {
        public bool Accepts(Type type) => type == typeof(QuotedText);

        public object ReadYaml(IParser parser, Type type, ObjectDeserializer rootDeserializer) =>
            throw new NotSupportedException("A bundle is only written.");

        public void WriteYaml(IEmitter emitter, object? value, Type type, ObjectSerializer serializer) =>
            emitter.Emit(new Scalar(null, null, ((QuotedText)value!).Text, ScalarStyle.DoubleQuoted, false, true));
    }
}
