using FunctionalStack.Reporting.Charts;
using FunctionalStack.Reporting.Markup;
using FunctionalStack.Reporting.Parts;

namespace FunctionalStack.Demos;

/// <summary>The figures of an experiment, and the parts of its page.</summary>
/// <param name="Parts">The parts.</param>
/// <param name="Figures">The figures. Their anchors are unique.</param>
internal sealed record DemoPage(EquatableArray<Section> Parts, EquatableArray<Chart> Figures)
{
    /// <summary>An experiment without figures.</summary>
    public static DemoPage None { get; } = new(default, default);

    /// <summary>Several experiments on one page. Their names start the headings and the anchors.</summary>
    public static DemoPage Of(params (string Name, DemoPage Page)[] all) => new(
        EquatableArray.From(all.SelectMany(one => one.Page.Parts.Select(part => part with
        {
            Id = $"{one.Name}-{part.Id}",
            Title = $"{one.Name}: {part.Title}",
        }))),
        EquatableArray.From(all.SelectMany(one => one.Page.Figures)));

    /// <summary>A part of several figures.</summary>
    /// <param name="id">The anchor.</param>
    /// <param name="title">The heading.</param>
    /// <param name="lead">What is shown.</param>
    /// <param name="figures">The figures. Wide ones stand alone.</param>
    public static Section Section(string id, string title, string lead, IReadOnlyList<Chart> figures) => new(id, title, Html.All(
        Html.Of("p", lead).Class("lead"),
        Html.All(figures.Where(figure => figure.Width > Chart.Narrow).Select(figure => figure.Figure())),
        Html.Of("div", figures.Where(figure => figure.Width <= Chart.Narrow).Select(figure => figure.Figure())).Class("cards")));
}
