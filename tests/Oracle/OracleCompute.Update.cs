using FunctionalStack.Neural;

namespace FunctionalStack.Oracle;

public sealed partial class OracleCompute
{
    // As float32, which is what reading it returns.
    private bool IsFinite(Slice metrics) => float.IsFinite((float)At(metrics)[0]);

    public void Update(UpdateRule rule, Slice parameters, Slice gradients, Slice? mu, Slice? nu, Slice? guard = null)
    {
        if (guard is { } loss && !IsFinite(loss)) return;
        double none = 0;
        for (var i = 0; i < parameters.Length; i++)
        {
            ref var p = ref At(parameters)[i];
            ref var m = ref mu is { } f ? ref At(f)[i] : ref none;
            ref var v = ref nu is { } s ? ref At(s)[i] : ref none;
            var g = At(gradients)[i] + rule.Penalty * p;
            p -= rule.Decay * p;
            switch (rule.Kind)
            {
                case UpdateKind.Plain:
                    p -= rule.Rate * g;
                    break;
                case UpdateKind.Momentum:
                    m = rule.Beta1 * m - rule.Rate * g;
                    p += m;
                    break;
                case UpdateKind.Nesterov:
                    m = rule.Beta1 * m - rule.Rate * g;
                    p += rule.Beta1 * m - rule.Rate * g;
                    break;
                case UpdateKind.Adam:
                    m = rule.Beta1 * m + (1 - (double)rule.Beta1) * g;
                    v = rule.Beta2 * v + (1 - (double)rule.Beta2) * g * g;
                    p -= rule.Rate * m / (Math.Sqrt(v) + rule.Epsilon);
                    break;
                case UpdateKind.RmsProp:
                    v = rule.Beta2 * v + (1 - (double)rule.Beta2) * g * g;
                    p -= rule.Rate * g / (Math.Sqrt(v) + rule.Epsilon);
                    break;
                default:
                    throw new ArgumentOutOfRangeException(nameof(rule));
            }
        }
    }
}
