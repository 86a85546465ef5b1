using System.Collections.Immutable;
using System.Reflection.Metadata;

namespace StandIns.Tests.Support;

/// <summary>
/// Writes types the way metadata knows them, with <c>class</c> or <c>valuetype</c> before each name and modifiers after it, so
/// that the same text means the same signature to the runtime.
/// </summary>
internal sealed class SignatureText : ISignatureTypeProvider<string, object?>
{
    private const byte ValueType = 0x11;
    private const byte Class = 0x12;

    public static SignatureText Instance { get; } = new();

    public string GetArrayType(string elementType, ArrayShape shape) => $"{elementType}[{new string(',', shape.Rank - 1)}]";

    public string GetByReferenceType(string elementType) => elementType + "&";

    public string GetFunctionPointerType(MethodSignature<string> signature) => "method " + Method("*", signature);

    public string GetGenericInstantiation(string genericType, ImmutableArray<string> typeArguments) =>
        $"{genericType}<{string.Join(", ", typeArguments)}>";

    public string GetGenericMethodParameter(object? genericContext, int index) => $"!!{index}";

    public string GetGenericTypeParameter(object? genericContext, int index) => $"!{index}";

    public string GetModifiedType(string modifier, string unmodifiedType, bool isRequired) =>
        $"{unmodifiedType} {(isRequired ? "modreq" : "modopt")}({modifier})";

    public string GetPinnedType(string elementType) => elementType + " pinned";

    public string GetPointerType(string elementType) => elementType + "*";

    public string GetPrimitiveType(PrimitiveTypeCode typeCode) => typeCode.ToString();

    public string GetSZArrayType(string elementType) => elementType + "[]";

    public string GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) =>
        Kind(rawTypeKind) + Name(reader, handle);

    public string GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) =>
        Kind(rawTypeKind) + Name(reader, handle);

    public string GetTypeFromSpecification(
        MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) =>
        reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);

    internal static string Method(string name, MethodSignature<string> signature)
    {
        var arity = signature.GenericParameterCount == 0 ? "" : $"<{signature.GenericParameterCount}>";
        var place = signature.Header.IsInstance ? "instance" : "static";
        return $"{place} {signature.ReturnType} {name}{arity}({string.Join(", ", signature.ParameterTypes)})";
    }

    internal static string Name(MetadataReader reader, TypeDefinitionHandle handle)
    {
        var type = reader.GetTypeDefinition(handle);
        var outer = type.GetDeclaringType();
        return Join(outer.IsNil ? null : Name(reader, outer), reader.GetString(type.Namespace), reader.GetString(type.Name));
    }

    internal static string Name(MetadataReader reader, TypeReferenceHandle handle)
    {
        var type = reader.GetTypeReference(handle);
        var outer = type.ResolutionScope.Kind == HandleKind.TypeReference
            ? Name(reader, (TypeReferenceHandle)type.ResolutionScope)
            : null;
        return Join(outer, reader.GetString(type.Namespace), reader.GetString(type.Name));
    }

    private static string Join(string? outer, string space, string name) =>
        outer is not null ? $"{outer}+{name}" : space.Length == 0 ? name : $"{space}.{name}";

    private static string Kind(byte rawTypeKind) => rawTypeKind switch
    {
        ValueType => "valuetype ",
        Class => "class ",
        _ => "",
    };
}
