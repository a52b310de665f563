using FunctionalStack.Neural;

namespace FunctionalStack.Oracle;

public sealed partial class OracleCompute
{
    // As float32, which is what reading it gives.
    private bool IsFinite(Slice metrics) => float.IsFinite((float)At(metrics)[0]);

    public void Update(UpdateRule rule, Slice parameters, Slice gradients, Slice? first, Slice? second, Slice? guard = null)
    {
        if (guard is { } loss && !IsFinite(loss)) return;
        double none = 0;
        for (var i = 0; i < parameters.Length; i++)
        {
            ref var p = ref At(parameters)[i];
            ref var m = ref first is { } f ? ref At(f)[i] : ref none;
            ref var v = ref second is { } s ? ref At(s)[i] : ref none;
            var g = At(gradients)[i] + rule.Penalty * p;
            p -= rule.Decay * p;
            switch (rule.Kind)
            {
                case UpdateKind.Plain:
                    p -= rule.Rate * g;
                    break;
                case UpdateKind.Momentum:
                    m = rule.First * m - rule.Rate * g;
                    p += m;
                    break;
                case UpdateKind.Nesterov:
                    m = rule.First * m - rule.Rate * g;
                    p += rule.First * m - rule.Rate * g;
                    break;
                case UpdateKind.Adam:
                    m = rule.First * m + (1 - (double)rule.First) * g;
                    v = rule.Second * v + (1 - (double)rule.Second) * g * g;
                    p -= rule.Rate * m / (Math.Sqrt(v) + rule.Epsilon);
                    break;
                case UpdateKind.RmsProp:
                    v = rule.Second * v + (1 - (double)rule.Second) * g * g;
                    p -= rule.Rate * g / (Math.Sqrt(v) + rule.Epsilon);
                    break;
                default:
                    throw new ArgumentOutOfRangeException(nameof(rule));
            }
        }
    }
}
