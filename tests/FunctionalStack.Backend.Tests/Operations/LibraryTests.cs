using FsCheck.Fluent;
using FunctionalStack.Gpu;
using FunctionalStack.Neural;
using ILGPU.Runtime;
using Device = FunctionalStack.Gpu.Device;
using Xunit;

namespace FunctionalStack.Backend.Tests;

/// <summary>
/// Products by a vendor's library, with a replacement of a few lines: so its calls are tested without a GPU. With a GPU and
/// cuBLAS, the whole suite uses cuBLAS.
/// </summary>
public class LibraryTests
{
    [Fact]
    public void Dense_layers_by_a_library_agree_with_the_oracle() => Agree(
        from spec in DenseSpec.Any select spec with { Reading = Reading.Plain });

    [Fact]
    public void Dense_layers_backward_by_a_library_agree_with_the_oracle() => Agree(
        from spec in DenseBackwardSpec.Any select spec with { Reading = Reading.Plain, Output = Reading.Plain, Sums = false });

    [Fact]
    public void Convolutions_of_one_pixel_by_a_library_agree_with_the_oracle() => Agree(
        from spec in ConvolveSpec.Any select spec with { Reading = Reading.Plain, Window = OfOnePixel(spec.Window) });

    [Fact]
    public void Convolutions_of_one_pixel_backward_by_a_library_agree_with_the_oracle() => Agree(
        from spec in ConvolveBackwardSpec.Any
        select spec
            with
        { Reading = Reading.Plain, Output = Reading.Plain, Pooling = null, Sums = false, Window = OfOnePixel(spec.Window) });

    private static Convolution OfOnePixel(Convolution like) => Windows.Convolution(like.Input, like.Output.Channels, 1, 1, same: false);

    private static void Agree<T>(FsCheck.Gen<T> gen) where T : Spec
    {
        var library = new Written();
        using var backend = ((GpuBackend)Device.Open("ilgpu-cpu", 2).OrThrow()).With(library);
        Specs.ForAll(gen, spec => spec.Trial().AgreesOn(backend), times: 40);
        Assert.InRange(library.Products, 1, int.MaxValue);
    }

    private sealed class Written : IMatrixLibrary
    {
        public int Products { get; private set; }

        public void Multiply(in MatrixProduct of)
        {
            Products++;
            of.C.GetAccelerator().Synchronize();
            var (a, b, c) = (Read(of.A), Read(of.B), new float[of.M * of.N]);
            for (var column = 0; column < of.N; column++)
            {
                for (var row = 0; row < of.M; row++)
                {
                    var sum = 0f;
                    for (var k = 0; k < of.K; k++)
                    {
                        sum += a[of.TransposeA ? row * of.PitchA + k : k * of.PitchA + row]
                            * b[of.TransposeB ? k * of.PitchB + column : column * of.PitchB + k];
                    }

                    c[column * of.M + row] = sum;
                }
            }

            of.C.SubView(0, c.Length).CopyFromCPU(c);
            of.C.GetAccelerator().Synchronize();
        }

        public void Dispose()
        {
        }

        private static float[] Read(ILGPU.ArrayView<float> view)
        {
            var numbers = new float[view.Length];
            view.CopyToCPU(numbers);
            return numbers;
        }
    }
}
