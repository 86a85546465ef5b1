namespace StandIns.Tests.Api;

/// <summary>Names of types as the committed lists have them: with namespaces and generic arguments, without arity.</summary>
internal static class ApiNames
{
    public static string Of(Type type)
    {
        if (type.IsByRef)
            return Of(type.GetElementType()!);
        if (type.IsArray)
            return Of(type.GetElementType()!) + "[]";
        if (type.IsGenericParameter)
            return type.Name;
        if (Nullable.GetUnderlyingType(type) is { } value)
            return Of(value) + "?";
        var arguments = type.GetGenericArguments();
        return arguments.Length == 0 ? Open(type) : $"{Open(type)}<{string.Join(", ", arguments.Select(Of))}>";
    }

    /// <summary>The name without generic arguments.</summary>
    public static string Open(Type type)
    {
        var outer = type.DeclaringType is { } declaring ? Open(declaring) + "." : type.Namespace is { } space ? space + "." : "";
        return outer + type.Name.Split('`')[0];
    }

    public static string Constraints(IEnumerable<Type> parameters) => string.Concat(parameters.Select(Constraint));

    private static string Constraint(Type parameter)
    {
        var flags = parameter.GenericParameterAttributes;
        var isStruct = flags.HasFlag(System.Reflection.GenericParameterAttributes.NotNullableValueTypeConstraint);
        List<string> words = [];
        if (flags.HasFlag(System.Reflection.GenericParameterAttributes.ReferenceTypeConstraint))
            words.Add("class");
        if (isStruct)
            words.Add("struct");
        words.AddRange(parameter.GetGenericParameterConstraints().Where(c => c != typeof(ValueType)).Select(Of));
        if (!isStruct && flags.HasFlag(System.Reflection.GenericParameterAttributes.DefaultConstructorConstraint))
            words.Add("new()");
        return words.Count == 0 ? "" : $" where {parameter.Name} : {string.Join(", ", words)}";
    }
}
