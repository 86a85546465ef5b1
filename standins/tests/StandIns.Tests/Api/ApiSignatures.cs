using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace StandIns.Tests.Api;

/// <summary>Signatures as the committed lists have them: nullability, modifiers, names and defaults of parameters.</summary>
internal sealed class ApiSignatures
{
    private readonly NullabilityInfoContext _nullability = new();

    public static bool IsVisible(MethodBase? method) => method is not null && (method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly);

    public static string Modifiers(MethodBase method)
    {
        var inInterface = method.DeclaringType!.IsInterface;
        var word = method.IsStatic ? " static"
            : method.IsAbstract && !inInterface ? " abstract"
            : method.IsVirtual && !method.IsFinal && !inInterface ? " virtual" : "";
        return word + (method.IsFamily ? " protected" : "");
    }

    public string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(p => Parameter(method, p)));

    public string Return(MethodInfo method) => Nullable(method.ReturnType, _nullability.Create(method.ReturnParameter), written: false);

    public string Type(PropertyInfo property) => Nullable(property.PropertyType, _nullability.Create(property), written: false);

    public string Type(FieldInfo field) => Nullable(field.FieldType, _nullability.Create(field), written: false);

    private string Parameter(MethodBase method, ParameterInfo parameter)
    {
        var extension = parameter.Position == 0 && method.IsDefined(typeof(ExtensionAttribute)) ? "this " : "";
        var many = parameter.IsDefined(typeof(ParamArrayAttribute)) ? "params " : "";
        var direction = !parameter.ParameterType.IsByRef ? "" : parameter.IsOut ? "out " : parameter.IsIn ? "in " : "ref ";
        var type = Nullable(parameter.ParameterType, _nullability.Create(parameter), written: true);
        return $"{extension}{many}{direction}{type} {parameter.Name}{(parameter.HasDefaultValue ? " = " + Default(parameter) : "")}";
    }

    private static string Default(ParameterInfo parameter) => parameter.RawDefaultValue switch
    {
        null when parameter.ParameterType.IsValueType && System.Nullable.GetUnderlyingType(parameter.ParameterType) is null => "default",
        null => "null",
        string text => $"\"{text}\"",
        bool flag => flag ? "true" : "false",
        var value => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    // A parameter's own annotation is what is written into it, everything else's what is read from it.
    private static string Nullable(Type type, NullabilityInfo info, bool written)
    {
        if (type.IsByRef)
            return Nullable(type.GetElementType()!, info, written);
        if (type.IsValueType && System.Nullable.GetUnderlyingType(type) is not null)
            return ApiNames.Of(type);
        var name = type.IsArray && info.ElementType is not null
            ? Nullable(type.GetElementType()!, info.ElementType, written: false) + "[]"
            : type.GetGenericArguments() is { Length: > 0 } arguments && arguments.Length == info.GenericTypeArguments.Length
                ? $"{ApiNames.Open(type)}<{string.Join(", ", arguments.Zip(info.GenericTypeArguments, (a, n) => Nullable(a, n, written: false)))}>"
                : ApiNames.Of(type);
        var state = written ? info.WriteState : info.ReadState;
        return state == NullabilityState.Nullable && !type.IsValueType ? name + "?" : name;
    }
}
