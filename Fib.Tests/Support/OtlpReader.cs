using System.Globalization;
using System.Text;
using Google.Protobuf;

namespace Fib.Tests.Support;

/// <summary>Reads an ExportTraceServiceRequest (opentelemetry-proto, trace/v1/trace.proto), as far as the tests look at it.</summary>
internal static class OtlpReader
{
    public static IEnumerable<OtlpSpan> ReadSpans(byte[] request) => Messages(request, 1).SelectMany(ReadResourceSpans);

    private static IEnumerable<OtlpSpan> ReadResourceSpans(byte[] spans)
    {
        var resource = Messages(spans, 1).Single();
        var service = ReadTags(resource, 1).GetValueOrDefault("service.name", "");
        return Messages(spans, 2).SelectMany(scope => ReadScopeSpans(scope, service));
    }

    private static IEnumerable<OtlpSpan> ReadScopeSpans(byte[] spans, string service)
    {
        var source = Text(Messages(spans, 1).Single(), 1);
        return Messages(spans, 2).Select(span => new OtlpSpan(
            service, source, Hex(span, 1), Hex(span, 2), Hex(span, 4), Text(span, 5), (int)Number(span, 6), ReadTags(span, 9)));
    }

    private static Dictionary<string, string> ReadTags(byte[] message, int field)
    {
        var tags = new Dictionary<string, string>();
        foreach (var pair in Messages(message, field))
            tags[Text(pair, 1)] = ReadAny(Messages(pair, 2).SingleOrDefault() ?? []);
        return tags;
    }

    /// <summary>A string or a whole number; of other kinds the tests know nothing.</summary>
    private static string ReadAny(byte[] any) =>
        Messages(any, 1).Count > 0 ? Text(any, 1) : Number(any, 3).ToString(CultureInfo.InvariantCulture);

    private static string Hex(byte[] message, int field) => Convert.ToHexStringLower(Messages(message, field).SingleOrDefault() ?? []);

    private static string Text(byte[] message, int field) => Encoding.UTF8.GetString(Messages(message, field).SingleOrDefault() ?? []);

    private static long Number(byte[] message, int field)
    {
        var input = new CodedInputStream(message);
        var number = 0L;
        while (input.ReadTag() is var tag and not 0)
        {
            if (tag == WireFormat.MakeTag(field, WireFormat.WireType.Varint))
                number = input.ReadInt64();
            else
                input.SkipLastField();
        }

        return number;
    }

    /// <summary>Every length-delimited field of this number: messages, texts and bytes alike.</summary>
    private static List<byte[]> Messages(byte[] message, int field)
    {
        var input = new CodedInputStream(message);
        var found = new List<byte[]>();
        while (input.ReadTag() is var tag and not 0)
        {
            if (tag == WireFormat.MakeTag(field, WireFormat.WireType.LengthDelimited))
                found.Add(input.ReadBytes().ToByteArray());
            else
                input.SkipLastField();
        }

        return found;
    }
}
