namespace FunctionalStack.Reporting.Markup;

/// <summary>The style sheet of pages and of charts. Charts use its colours, so that they follow a light or a dark page.</summary>
internal static class Style
{
    /// <summary>The colours. Those of series are by Okabe and Ito (2008), darkened on white so that each has a contrast of at least
    /// 4.5.</summary>
    public const string Colours =
        """
        :root{--bg:#fff;--ink:#1b1f24;--mute:#57606a;--line:#c9d0d7;--grid:#e6e9ed;--panel:#f6f8fa;--link:#005a9c;--heat:55%;
        --c0:#0067a3;--c1:#b8480a;--c2:#00714f;--c3:#9a4a7e;--c4:#6b6f76;--c5:#7d6300;--c6:#2b2f36}
        @media(prefers-color-scheme:dark){:root{--bg:#14181d;--ink:#e6e9ed;--mute:#a3adb8;--line:#4a535e;--grid:#2a3038;--panel:#1b2027;
        --link:#7cc4f5;--heat:38%;--c0:#56b4e9;--c1:#f29e4c;--c2:#3fc79b;--c3:#e08fc0;--c4:#a3adb8;--c5:#e8d44d;--c6:#e6e9ed}}

        """;

    /// <summary>The marks and texts of charts.</summary>
    public const string Marks =
        """
        .t{font:11px system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;fill:var(--mute)}.n{fill:var(--ink)}.k{fill:var(--ink);font-weight:650}
        .u{fill:var(--ink)}.e{text-anchor:end}.m0{text-anchor:middle}
        .g{stroke:var(--grid);fill:none}.a{stroke:var(--line);fill:none}.h{stroke:var(--mute);fill:none;stroke-width:1}
        .l{fill:none;stroke-width:2;stroke-linejoin:round}.w{stroke:var(--ink);stroke-width:1.5}.m{stroke:var(--bg);stroke-width:1}
        .o{fill:none;stroke-width:5;stroke-linecap:round;stroke-opacity:.45}.b{fill:var(--c0)}.q{fill:var(--c4);fill-opacity:.3}
        .band{fill:var(--c0);fill-opacity:.1}.v1{fill-opacity:.14}.v2{fill-opacity:.3}.v3{fill-opacity:.45}.v4{fill-opacity:.6}
        .s{shape-rendering:crispEdges}
        .c0{stroke:var(--c0)}.c1{stroke:var(--c1)}.c2{stroke:var(--c2)}.c3{stroke:var(--c3)}.c4{stroke:var(--c4)}.c5{stroke:var(--c5)}
        .c6{stroke:var(--c6)}.f0{fill:var(--c0)}.f1{fill:var(--c1)}.f2{fill:var(--c2)}.f3{fill:var(--c3)}.f4{fill:var(--c4)}.f5{fill:var(--c5)}
        .f6{fill:var(--c6)}.k0{background:var(--c0)}.k1{background:var(--c1)}.k2{background:var(--c2)}.k3{background:var(--c3)}
        .k4{background:var(--c4)}.k5{background:var(--c5)}.k6{background:var(--c6)}
        .d1{stroke-dasharray:7 3}.d2{stroke-dasharray:2 3}.d3{stroke-dasharray:9 3 2 3}.d4{stroke-dasharray:4 2}
        .z1{fill:var(--c0);fill-opacity:.12}.z2{fill:var(--c0);fill-opacity:.25}.z3{fill:var(--c0);fill-opacity:.4}
        .z4{fill:var(--c0);fill-opacity:.58}.z5{fill:var(--c0);fill-opacity:.78}.z6{fill:var(--c0)}

        """;

    /// <summary>The whole style sheet of a page.</summary>
    public const string Text = Colours + Layout + Marks + Media;

    private const string Layout =
        """
        *{box-sizing:border-box}
        html{background:var(--bg);color:var(--ink);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",sans-serif;
        -webkit-text-size-adjust:100%;font-variant-numeric:tabular-nums}
        body{margin:0 auto;padding:2.5rem 1.25rem 4rem;max-width:76rem}
        h1{font-size:1.75rem;line-height:1.25;font-weight:650;letter-spacing:-.01em;margin:0 0 1rem;overflow-wrap:anywhere}
        h2{font-size:1.3rem;line-height:1.3;font-weight:650;margin:0 0 .75rem}
        h3{font-size:1.05rem;font-weight:600;margin:1.5rem 0 .5rem}
        p,ul{max-width:46rem}p{margin:.5rem 0}a{color:var(--link)}
        .lead{font-size:1.1rem}.caption{font-size:.85rem;margin:-.25rem 0 1rem}.absent,.pm,figcaption,caption,.caption{color:var(--mute)}
        .skip{position:absolute;left:-99rem}.skip:focus{left:1rem;top:.5rem}
        section{padding:2.25rem 0 0;margin:2.25rem 0 0;border-top:1px solid var(--grid)}
        header dl{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,17rem),1fr));gap:1rem 2rem;margin:1.5rem 0 0}
        .wide{grid-column:1/-1}dt{font-size:.8rem;color:var(--mute)}dd{margin:0;overflow-wrap:anywhere}
        pre{margin:0;padding:.75rem 1rem;background:var(--panel);border-radius:6px;font:.875rem/1.5 ui-monospace,SFMono-Regular,Menlo,monospace;
        width:max-content;min-width:100%}
        nav{margin:2.25rem 0 0}nav h2{font-size:.8rem;font-weight:400;color:var(--mute);margin:0 0 .25rem}
        nav ol{list-style:none;margin:0;padding:0;display:flex;flex-wrap:wrap;gap:.25rem 1.25rem}
        .scroll{overflow-x:auto;max-width:100%;margin:.75rem 0}.scroll:focus-visible,summary:focus-visible,a:focus-visible
        {outline:2px solid var(--link);outline-offset:2px}
        table{border-collapse:collapse;font-size:.9rem;line-height:1.35}
        caption{caption-side:bottom;text-align:left;padding:.5rem 0 0;font-size:.85rem}
        th,td{padding:.4rem .9rem .4rem 0;text-align:left;vertical-align:middle;border-bottom:1px solid var(--grid);font-weight:400}
        thead th{color:var(--mute);font-size:.8rem;white-space:nowrap;border-bottom-color:var(--line)}
        .num{text-align:right;white-space:nowrap}td .pm{font-size:.85em}
        .heat tbody td{text-align:center;padding:.5rem .7rem;border:2px solid var(--bg);min-width:4rem;
        background:color-mix(in srgb,var(--c0) calc(var(--v)*var(--heat)),var(--panel));print-color-adjust:exact}
        .heat td .pm{display:block;color:inherit}.heat th,.heat thead td{border:0}.heat thead td{color:var(--mute);font-size:.8rem}.heat thead th{text-align:center}
        .cards{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,21.25rem),1fr));gap:.5rem 2rem;align-items:start}
        figure{margin:1.25rem 0 0}figcaption{font-size:.875rem;line-height:1.45;margin:.4rem 0 0;max-width:44rem}figcaption b{color:var(--ink);
        font-weight:600}.cards figcaption{max-width:21.25rem}
        svg{display:block;max-width:100%;height:auto;overflow:visible}.scroll>svg{max-width:none}td svg{max-width:none}td.say{min-width:13rem}
        .legend{list-style:none;margin:.25rem 0 0;padding:0;display:flex;flex-wrap:wrap;gap:.1rem 1rem;font-size:.8rem}
        .legend li{display:flex;align-items:center;gap:.4rem}.key{width:.8rem;height:.8rem;border-radius:2px;display:inline-block}
        summary{cursor:pointer;padding:.5rem 0;border-bottom:1px solid var(--grid)}summary h3{display:inline;margin:0}
        details[open]{padding-bottom:1rem}.warnings{padding-left:1.1rem}.warnings li{margin:.3rem 0}
        .pictures{display:grid;grid-template-columns:repeat(auto-fill,minmax(7rem,1fr));gap:1rem;list-style:none;padding:0;max-width:none;
        margin:1rem 0}.pictures img{width:100%;max-width:8rem;image-rendering:pixelated;border:1px solid var(--line);display:block}
        .pictures li{font-size:.8rem;line-height:1.35}
        footer{margin:3rem 0 0;color:var(--mute);font-size:.85rem}

        """;

    private const string Media =
        """
        @media(max-width:30rem){body{padding:1.5rem 1rem 3rem}h1{font-size:1.4rem}}
        @media print{:root{--bg:#fff;--ink:#000;--mute:#444;--line:#999;--grid:#ddd;--panel:#f4f4f4;--heat:45%;--c0:#0067a3;--c1:#b8480a;
        --c2:#00714f;--c3:#9a4a7e;--c4:#6b6f76;--c5:#7d6300;--c6:#2b2f36}html{font-size:11px}body{padding:0;max-width:none}nav,.skip{display:none}
        section{padding-top:1rem;margin-top:1rem}h2,h3{break-after:avoid}figure,tr,.legend,.heat{break-inside:avoid}.cards{grid-template-columns:repeat(3,1fr);gap:.5rem 1rem}
        .scroll{overflow:visible}details{break-inside:avoid}summary{break-after:avoid;list-style:none}
        pre{white-space:pre-wrap;overflow-wrap:anywhere;width:auto}.scroll>svg{max-width:100%}
        details::details-content{content-visibility:visible;block-size:auto}svg,.heat td,.key{print-color-adjust:exact}}
        """;
}
