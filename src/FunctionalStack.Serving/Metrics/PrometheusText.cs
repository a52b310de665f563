using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace FunctionalStack.Serving;

/// <summary>Collects the measurements of some meters, and writes them in the text format of Prometheus (version 0.0.4).</summary>
internal sealed class PrometheusText : IDisposable
{
    // More combinations of tags than a service has models and statuses are not kept.
    private const int MostSeries = 2000;

    private readonly MeterListener listener = new();
    private readonly Lock writing = new();
    private readonly SortedDictionary<string, Family> families = new(StringComparer.Ordinal);

    public PrometheusText(params string[] meters)
    {
        listener.InstrumentPublished = (instrument, own) =>
        {
            if (meters.Contains(instrument.Meter.Name)) own.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Add(instrument, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        listener.Start();
    }

    /// <summary>The measurements so far.</summary>
    public string Text()
    {
        listener.RecordObservableInstruments();
        var text = new StringBuilder();
        lock (writing)
        {
            foreach (var family in families.Values) family.Write(text);
        }

        return text.ToString();
    }

    public void Dispose() => listener.Dispose();

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        lock (writing)
        {
            var name = NameOf(instrument);
            if (!families.TryGetValue(name, out var family)) families[name] = family = new(name, instrument);
            family.Add(value, tags);
        }
    }

    // functionalstack.request.duration in s becomes functionalstack_request_duration_seconds.
    private static string NameOf(Instrument instrument)
    {
        var name = new StringBuilder(instrument.Name.Replace('.', '_').Replace('-', '_'));
        if (instrument.Unit == "s") name.Append("_seconds");
        if (instrument.Unit == "By") name.Append("_bytes");
        if (instrument is Counter<long> or Counter<double> or Counter<int> or ObservableCounter<long>) name.Append("_total");
        return name.ToString();
    }

    private sealed class Family(string name, Instrument instrument)
    {
        private readonly double[]? bounds = (instrument as Histogram<double>)?.Advice?.HistogramBucketBoundaries?.ToArray();
        private readonly Dictionary<string, double[]> series = new(StringComparer.Ordinal);
        private readonly StringBuilder key = new();

        private bool IsHistogram => bounds is not null;

        private bool IsGauge => instrument.GetType().GetGenericTypeDefinition() is var type
            && (type == typeof(UpDownCounter<>) || type == typeof(Gauge<>) || type == typeof(ObservableGauge<>)
                || type == typeof(ObservableUpDownCounter<>));

        public void Add(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            key.Clear();
            foreach (var (tag, own) in tags)
            {
                if (key.Length > 0) key.Append(',');
                key.Append(tag.Replace('.', '_')).Append("=\"").Append(Escaped($"{own}")).Append('"');
            }

            if (!series.TryGetValue(key.ToString(), out var cells))
            {
                if (series.Count == MostSeries) return;
                series[key.ToString()] = cells = new double[IsHistogram ? bounds!.Length + 2 : 1];
            }

            if (!IsHistogram)
            {
                cells[0] = instrument.IsObservable || IsGauge && instrument is not UpDownCounter<long> ? value : cells[0] + value;
                return;
            }

            // Buckets, then the count and the sum.
            for (var bucket = 0; bucket < bounds!.Length; bucket++)
            {
                if (value <= bounds[bucket]) cells[bucket]++;
            }

            cells[^2]++;
            cells[^1] += value;
        }

        public void Write(StringBuilder text)
        {
            text.Append("# HELP ").Append(name).Append(' ').Append(Escaped(instrument.Description ?? "")).Append('\n');
            text.Append("# TYPE ").Append(name).Append(IsHistogram ? " histogram\n" : IsGauge ? " gauge\n" : " counter\n");
            foreach (var (tags, cells) in series.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            {
                if (!IsHistogram)
                {
                    Line(text, "", tags, cells[0]);
                    continue;
                }

                var before = tags.Length == 0 ? "" : tags + ",";
                for (var bucket = 0; bucket < bounds!.Length; bucket++)
                    Line(text, "_bucket", $"{before}le=\"{bounds[bucket].ToString(CultureInfo.InvariantCulture)}\"", cells[bucket]);
                Line(text, "_bucket", $"{before}le=\"+Inf\"", cells[^2]);
                Line(text, "_sum", tags, cells[^1]);
                Line(text, "_count", tags, cells[^2]);
            }
        }

        private void Line(StringBuilder text, string ending, string tags, double value)
        {
            text.Append(name).Append(ending);
            if (tags.Length > 0) text.Append('{').Append(tags).Append('}');
            text.Append(' ').Append(value.ToString("R", CultureInfo.InvariantCulture)).Append('\n');
        }

        private static string Escaped(string text) => text.Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("\n", "\\n");
    }
}
