using PuppeteerSharp.Media;

namespace FunctionalStack.Pages.Tests;

/// <summary>How a page is shown.</summary>
/// <param name="Name">Names the screenshot.</param>
/// <param name="Width">In CSS pixels.</param>
/// <param name="Scheme">The colour scheme that the user prefers.</param>
/// <param name="Media">A screen or paper.</param>
internal sealed record Look(string Name, int Width, string Scheme, MediaType Media)
{
    public static readonly Look Light = new("light", 1280, "light", MediaType.Screen);

    public static readonly Look Dark = new("dark", 1280, "dark", MediaType.Screen);

    /// <summary>The width of the narrowest phones in use.</summary>
    public static readonly Look Phone = new("phone", 360, "light", MediaType.Screen);

    public static readonly Look Print = new("print", 794, "light", MediaType.Print);

    public static readonly Look[] All = [Light, Dark, Phone, Print];
}
