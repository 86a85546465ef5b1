using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace StandIns.Tests.Support;

/// <summary>What one assembly refers to in another, and what an assembly offers, both as comparable text.</summary>
internal static class LibraryMembers
{
    private static readonly SignatureText Text = SignatureText.Instance;

    /// <summary>Every type and member of the assembly named <paramref name="target"/> that <paramref name="library"/> refers to.</summary>
    internal static SortedSet<string> ReferredTo(Assembly library, string target)
    {
        using var image = new PEReader(File.OpenRead(library.Location));
        var reader = image.GetMetadataReader();
        var texts = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var handle in reader.TypeReferences)
        {
            if (ComesFrom(reader, handle, target)) texts.Add(SignatureText.Name(reader, handle));
        }

        foreach (var member in reader.MemberReferences.Select(reader.GetMemberReference))
        {
            if (Owner(reader, member.Parent) is { } owner && ComesFrom(reader, owner, target))
                texts.Add(Describe(reader, SignatureText.Name(reader, owner), member));
        }

        return texts;
    }

    /// <summary>Every public type of <paramref name="library"/> and every public member it declares.</summary>
    internal static SortedSet<string> Offered(Assembly library)
    {
        using var image = new PEReader(File.OpenRead(library.Location));
        var reader = image.GetMetadataReader();
        var texts = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var handle in reader.TypeDefinitions)
        {
            var type = reader.GetTypeDefinition(handle);
            if ((type.Attributes & TypeAttributes.VisibilityMask) is not (TypeAttributes.Public or TypeAttributes.NestedPublic)) continue;
            var name = SignatureText.Name(reader, handle);
            texts.Add(name);
            foreach (var method in type.GetMethods().Select(reader.GetMethodDefinition))
            {
                if ((method.Attributes & MethodAttributes.MemberAccessMask) == MethodAttributes.Public)
                    texts.Add(Describe(name, SignatureText.Method(reader.GetString(method.Name), method.DecodeSignature(Text, null))));
            }
        }

        return texts;
    }

    private static string Describe(MetadataReader reader, string owner, MemberReference member)
    {
        var name = reader.GetString(member.Name);
        return Describe(owner, member.GetKind() == MemberReferenceKind.Method
            ? SignatureText.Method(name, member.DecodeMethodSignature(Text, null))
            : $"{member.DecodeFieldSignature(Text, null)} {name}");
    }

    private static string Describe(string owner, string member) => $"{owner}: {member}";

    private static TypeReferenceHandle? Owner(MetadataReader reader, EntityHandle parent)
    {
        if (parent.Kind == HandleKind.TypeReference) return (TypeReferenceHandle)parent;
        if (parent.Kind != HandleKind.TypeSpecification) return null;

        // The specification of a generic type: 0x15, its kind, then the type itself.
        var blob = reader.GetBlobReader(reader.GetTypeSpecification((TypeSpecificationHandle)parent).Signature);
        if (blob.ReadByte() != (byte)SignatureTypeCode.GenericTypeInstance) return null;
        blob.ReadByte();
        var generic = blob.ReadTypeHandle();
        return generic.Kind == HandleKind.TypeReference ? (TypeReferenceHandle)generic : null;
    }

    private static bool ComesFrom(MetadataReader reader, TypeReferenceHandle handle, string target)
    {
        var scope = reader.GetTypeReference(handle).ResolutionScope;
        return scope.Kind switch
        {
            HandleKind.TypeReference => ComesFrom(reader, (TypeReferenceHandle)scope, target),
            HandleKind.AssemblyReference =>
                reader.GetString(reader.GetAssemblyReference((AssemblyReferenceHandle)scope).Name) == target,
            _ => false,
        };
    }
}
