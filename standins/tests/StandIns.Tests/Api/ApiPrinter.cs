using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace StandIns.Tests.Api;

/// <summary>Prints what an assembly offers, one member a line, in the format of the committed lists (see README.md beside them).</summary>
internal sealed class ApiPrinter
{
    private const BindingFlags Own = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private readonly ApiSignatures _signatures = new();

    public IEnumerable<string> Print(Assembly assembly) => assembly.GetExportedTypes().SelectMany(Print).Distinct().Order(StringComparer.Ordinal);

    private IEnumerable<string> Print(Type type)
    {
        var name = ApiNames.Of(type);
        yield return $"T:{name} {Kind(type)}{ApiNames.Constraints(type.IsGenericTypeDefinition ? type.GetGenericArguments() : [])}";
        if (type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType) && parent != typeof(Enum))
            yield return $"B:{name} : {ApiNames.Of(parent)}";
        foreach (var contract in type.GetInterfaces().Where(i => i.IsPublic && i.Namespace?.StartsWith("Aspire", StringComparison.Ordinal) == true))
            yield return $"I:{name} : {ApiNames.Of(contract)}";
        foreach (var mark in Marks(type, $"T:{name}"))
            yield return mark;
        foreach (var member in type.GetMembers(Own))
            if (Line(name, member) is { } line)
            {
                yield return line;
                foreach (var mark in Marks(member, line.Split(" -> ")[0].Split(" {")[0].Split(" : ")[0]))
                    yield return mark;
            }
    }

    private static string Kind(Type type)
    {
        if (type.IsInterface)
            return "interface";
        if (type.IsValueType)
            return type.IsEnum ? "enum" : "struct";
        var shape = type is { IsAbstract: true, IsSealed: true } ? "static " : type.IsAbstract ? "abstract " : type.IsSealed ? "sealed " : "";
        return shape + (typeof(MulticastDelegate).IsAssignableFrom(type) ? "delegate" : "class");
    }

    private string? Line(string type, MemberInfo member) => member switch
    {
        MethodInfo { IsSpecialName: false } method when ApiSignatures.IsVisible(method) => Method(type, method),
        ConstructorInfo { IsStatic: false } constructor when ApiSignatures.IsVisible(constructor) => $"M:{type}.#ctor({_signatures.Parameters(constructor)})",
        PropertyInfo property when ApiSignatures.IsVisible(property.GetMethod ?? property.SetMethod) => Property(type, property),
        FieldInfo { IsSpecialName: false } field when field.IsPublic || field.IsFamily =>
            $"F:{type}.{field.Name} : {_signatures.Type(field)}{(field.IsLiteral ? " = " + field.GetRawConstantValue() : "")}",
        EventInfo happening when ApiSignatures.IsVisible(happening.AddMethod) => $"E:{type}.{happening.Name} : {ApiNames.Of(happening.EventHandlerType!)}",
        _ => null,
    };

    private string Method(string type, MethodInfo method)
    {
        var generic = method.IsGenericMethod ? method.GetGenericArguments() : [];
        var arity = generic.Length > 0 ? "``" + generic.Length : "";
        return $"M:{type}.{method.Name}{arity}({_signatures.Parameters(method)}) -> {_signatures.Return(method)}{ApiSignatures.Modifiers(method)}{ApiNames.Constraints(generic)}";
    }

    private string Property(string type, PropertyInfo property)
    {
        var index = property.GetIndexParameters() is { Length: > 0 } keys ? $"({string.Join(", ", keys.Select(k => $"{ApiNames.Of(k.ParameterType)} {k.Name}"))})" : "";
        var isInit = property.SetMethod?.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) == true;
        var accessors = (ApiSignatures.IsVisible(property.GetMethod) ? " get;" : "") + (ApiSignatures.IsVisible(property.SetMethod) ? isInit ? " init;" : " set;" : "");
        var required = property.IsDefined(typeof(RequiredMemberAttribute)) ? " required" : "";
        return $"P:{type}.{property.Name}{index} {{{accessors} }}{required} : {_signatures.Type(property)}{ApiSignatures.Modifiers((property.GetMethod ?? property.SetMethod)!)}";
    }

    // The attributes that change how a caller compiles.
    private static IEnumerable<string> Marks(MemberInfo member, string key)
    {
        if (member.GetCustomAttribute<ObsoleteAttribute>() is { } obsolete)
            yield return $"A:{key} [Obsolete{(obsolete.IsError ? ", error" : "")}]";
        if (member.GetCustomAttribute<ExperimentalAttribute>() is { } experimental)
            yield return $"A:{key} [Experimental {experimental.DiagnosticId}]";
        if (member.GetCustomAttribute<OverloadResolutionPriorityAttribute>() is { } priority)
            yield return $"A:{key} [OverloadResolutionPriority {priority.Priority}]";
    }
}
