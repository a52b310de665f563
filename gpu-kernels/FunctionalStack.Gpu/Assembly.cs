using System.Runtime.CompilerServices;

// ILGPU's CPU accelerator makes code that names our kernels' types.
[assembly: InternalsVisibleTo("ILGPURuntime")]
