using System.Runtime.InteropServices;
using FunctionalStack.Cli;

using var cancellation = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Cancel);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Cancel);
return App.Run(args, Console.Out, Console.Error, cancellation.Token);

// The first signal stops the work after the current fit. If that takes more than 2 seconds, or at a second signal, the process exits.
// A server has its own limit, in which it answers the requests that it has.
void Cancel(PosixSignalContext context)
{
    context.Cancel = true;
    if (cancellation.IsCancellationRequested) Leave();
    cancellation.Cancel();
    if (args is not ["serve", ..]) _ = Task.Delay(TimeSpan.FromSeconds(2)).ContinueWith(_ => Leave(), TaskScheduler.Default);
}

static void Leave()
{
    Console.Error.WriteLine("fstack: cancelled. No partially written file is left.");
    Environment.Exit(App.Cancelled);
}
