using System.Text.Json.Nodes;
using FunctionalStack.Demos;

namespace FunctionalStack.Cli.Demos;

/// <summary>The result of a demo.</summary>
/// <param name="Answer">The fields of the JSON object, without those that all demos have.</param>
/// <param name="Page">The page and its figures; empty if they are not wanted.</param>
internal sealed record DemoResult(JsonObject Answer, DemoPage Page);
