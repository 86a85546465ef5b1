using Mono.Cecil;

namespace Fib.Tests.Unit.Architecture;

/// <summary>Which namespaces of an assembly use which others, read from its compiled types.</summary>
internal sealed class NamespaceGraph
{
    private readonly Dictionary<string, HashSet<string>> _uses = [];

    public NamespaceGraph(string assembly)
    {
        using var module = ModuleDefinition.ReadModule(assembly);
        var types = module.GetTypes().Where(type => Outermost(type).Namespace.StartsWith("Fib", StringComparison.Ordinal)).ToArray();
        foreach (var name in types.Select(type => Outermost(type).Namespace))
            _uses.TryAdd(name, []);
        foreach (var type in types)
        {
            var used = Used(type).SelectMany(Parts).Select(one => Outermost(one).Namespace);
            _uses[Outermost(type).Namespace].UnionWith(used.Where(_uses.ContainsKey));
        }
    }

    /// <summary>The uses that close a circle, such as "A uses B, which uses A".</summary>
    public IEnumerable<string> FindCircles() =>
        from user in _uses
        from used in user.Value
        where used != user.Key && Reaches(used, user.Key, [])
        select $"{user.Key} uses {used}, which uses {user.Key}";

    private bool Reaches(string from, string to, HashSet<string> seen) =>
        from == to || (seen.Add(from) && _uses[from].Any(next => Reaches(next, to, seen)));

    private static IEnumerable<TypeReference?> Used(TypeDefinition type) =>
    [
        type.BaseType,
        .. type.Interfaces.Select(one => one.InterfaceType),
        .. type.Fields.Select(field => field.FieldType),
        .. type.Methods.Select(method => method.ReturnType),
        .. type.Methods.SelectMany(method => method.Parameters).Select(parameter => parameter.ParameterType),
        .. type.Methods.Where(method => method.HasBody).SelectMany(method => method.Body.Instructions).SelectMany(one => Used(one.Operand)),
    ];

    private static IEnumerable<TypeReference?> Used(object? operand) => operand switch
    {
        TypeReference type => [type],
        GenericInstanceMethod method => [method.DeclaringType, .. method.GenericArguments],
        MemberReference member => [member.DeclaringType],
        _ => [],
    };

    private static IEnumerable<TypeReference> Parts(TypeReference? type) => type switch
    {
        null => [],
        GenericInstanceType generic => [.. Parts(generic.ElementType), .. generic.GenericArguments.SelectMany(Parts)],
        TypeSpecification specification => Parts(specification.ElementType),
        _ => [type],
    };

    private static TypeReference Outermost(TypeReference type) => type.DeclaringType is { } outer ? Outermost(outer) : type;
}
