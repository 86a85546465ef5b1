namespace Aspire.Hosting.Orchestration;

/// <summary>Gives a container the process that stands in for it.</summary>
internal sealed class ProcessRecipeAnnotation(IProcessRecipe recipe) : IResourceAnnotation
{
    public IProcessRecipe Recipe { get; } = recipe;
}
