using System.Globalization;
using System.Text;
using Google.Protobuf;

namespace Fib.Tests.Support;

/// <summary>Reads the fields that the tests use from OTLP requests (trace/v1/trace.proto, metrics/v1/metrics.proto).</summary>
internal static class OtlpReader
{
    private const int Error = 2;

    /// <summary>The fields with the data points of a gauge, a sum and a histogram.</summary>
    private static readonly int[] Kinds = [5, 7, 9];

    public static IEnumerable<OtlpSpan> ReadSpans(byte[] request) => ReadScopes(request).SelectMany(
        scope => Messages(scope.Message, 2).Select(span => ReadSpan(span, scope.Service, Text(Messages(scope.Message, 1).Single(), 1))));

    public static IEnumerable<OtlpMetric> ReadMetrics(byte[] request) => ReadScopes(request).SelectMany(
        scope => Messages(scope.Message, 2).SelectMany(metric => ReadMetric(metric, scope.Service)));

    private static IEnumerable<(string Service, byte[] Message)> ReadScopes(byte[] request) =>
        from resource in Messages(request, 1)
        let service = ReadTags(Messages(resource, 1).Single(), 1).GetValueOrDefault("service.name", "")
        from scope in Messages(resource, 2)
        select (service, scope);

    private static OtlpSpan ReadSpan(byte[] span, string service, string source) => new(
        service, source, Hex(span, 1), Hex(span, 2), Hex(span, 4), Text(span, 5), (int)Number(span, 6), ReadTags(span, 9),
        [.. Messages(span, 13).Select(link => Hex(link, 2))], Messages(span, 15).Any(status => Number(status, 3) == Error));

    private static IEnumerable<OtlpMetric> ReadMetric(byte[] metric, string service) =>
        from kind in Kinds
        from data in Messages(metric, kind)
        from point in Messages(data, 1)
        select kind == 9
            ? new OtlpMetric(service, Text(metric, 1), Text(metric, 3), ReadTags(point, 9), Fixed(point, 4) ?? 0)
            : new OtlpMetric(
                service, Text(metric, 1), Text(metric, 3), ReadTags(point, 7),
                Fixed(point, 6) ?? BitConverter.Int64BitsToDouble(Fixed(point, 4) ?? 0));

    private static Dictionary<string, string> ReadTags(byte[] message, int field)
    {
        var tags = new Dictionary<string, string>();
        foreach (var pair in Messages(message, field))
            tags[Text(pair, 1)] = ReadAny(Messages(pair, 2).SingleOrDefault() ?? []);
        return tags;
    }

    /// <summary>A string or a whole number; the tests use no other kinds.</summary>
    private static string ReadAny(byte[] any) =>
        Messages(any, 1).Count > 0 ? Text(any, 1) : Number(any, 3).ToString(CultureInfo.InvariantCulture);

    private static string Hex(byte[] message, int field) => Convert.ToHexStringLower(Messages(message, field).SingleOrDefault() ?? []);

    private static string Text(byte[] message, int field) =>
        Encoding.UTF8.GetString(Messages(message, field).SingleOrDefault() ?? []);

    private static long Number(byte[] message, int field) =>
        Read(message, field, WireFormat.WireType.Varint, input => input.ReadInt64()).LastOrDefault();

    private static long? Fixed(byte[] message, int field) =>
        Read(message, field, WireFormat.WireType.Fixed64, input => (long?)input.ReadSFixed64()).LastOrDefault();

    /// <summary>Every length-delimited field with this number: messages, texts and bytes.</summary>
    private static List<byte[]> Messages(byte[] message, int field) =>
        Read(message, field, WireFormat.WireType.LengthDelimited, input => input.ReadBytes().ToByteArray());

    private static List<T> Read<T>(byte[] message, int field, WireFormat.WireType type, Func<CodedInputStream, T> read)
    {
        var input = new CodedInputStream(message);
        var found = new List<T>();
        while (input.ReadTag() is var tag and not 0)
        {
            if (tag == WireFormat.MakeTag(field, type))
                found.Add(read(input));
            else
                input.SkipLastField();
        }

        return found;
    }
}
