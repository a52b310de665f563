"""The reference net's training step and inference, this library against libtorch, on the same threads.

    python3 bench/peers/net.py [--rounds 7] [--seconds 1.5] [--threads 1,2] [--batches 32,128] [--backend host]

Both sides are warm processes that measure on request. They run alternately, so that other load affects both. Random pixels;
3x3 convolutions 1-32-32 without bias, batch normalization and ReLU after each, 2x2 max pool, dense 4608-128 likewise, dense 10,
cross-entropy, Adam. Medians of images per second over the rounds; the ratio is the median of the ratios per round. An image
takes 36.6 MFLOP in training and 12.2 in inference.
"""
import argparse
import json
import os
import statistics
import subprocess

HERE = os.path.dirname(os.path.abspath(__file__))
BENCH = os.path.join(HERE, "../FunctionalStack.Bench")


def start(command):
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def measure(process):
    process.stdin.write("go\n")
    process.stdin.flush()
    return json.loads(process.stdout.readline())


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--seconds", type=float, default=1.5)
    parser.add_argument("--threads", default="1,2")
    parser.add_argument("--batches", default="32,128")
    parser.add_argument("--backend", default="host", help="our backend: host, opencl:0, ... OpenCL needs scripts/opencl-root.sh")
    args = parser.parse_args()
    where = ["bash", os.path.join(HERE, "../../scripts/opencl-root.sh")] if args.backend.startswith("opencl") else []
    subprocess.run(["dotnet", "build", BENCH, "-c", "Release", "--nologo", "-v", "quiet"], check=True)
    print("| threads | batch | step | libtorch images/s | ours images/s | ratio (lowest, highest) | libtorch GFLOP/s | ours GFLOP/s |")
    print("|---|---|---|---|---|---|---|---|")
    for threads in args.threads.split(","):
        for batch in args.batches.split(","):
            steps = str(max(3, round(args.seconds * 1000 * int(threads) / int(batch))))
            theirs = start([os.path.join(HERE, "torch/run.sh"), threads, batch, steps])
            ours = start([*where, "dotnet", os.path.abspath(os.path.join(BENCH, "bin/Release/net10.0/FunctionalStack.Bench.dll")), "net", threads, batch, steps, args.backend])
            measure(theirs), measure(ours)
            rounds = [(measure(theirs), measure(ours)) for _ in range(args.rounds)]
            for process in theirs, ours:
                process.stdin.close()
                process.wait()
            for what, flop in ("train", 36.6e6), ("infer", 12.2e6):
                peer, mine = (statistics.median(side[what] for side in sides) for sides in zip(*rounds))
                ratios = [b[what] / a[what] for a, b in rounds]
                print(f"| {threads} | {batch} | {what} | {peer:,.0f} | {mine:,.0f} | **{statistics.median(ratios):.2f}** ({min(ratios):.2f}, {max(ratios):.2f}) | {peer * flop / 1e9:.1f} | {mine * flop / 1e9:.1f} |", flush=True)


if __name__ == "__main__":
    main()
