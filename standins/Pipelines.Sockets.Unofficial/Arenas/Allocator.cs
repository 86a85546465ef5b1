namespace Pipelines.Sockets.Unofficial.Arenas;

/// <summary>Where an arena's memory comes from. The shared array pool is the only source, so this can't be derived from.</summary>
/// <typeparam name="T">The type of the elements.</typeparam>
public abstract class Allocator<T>
{
    private Allocator()
    {
    }
}
