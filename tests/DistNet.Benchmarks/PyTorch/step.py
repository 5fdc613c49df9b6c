"""Training steps with PyTorch on the CPU, timed here and asked for line by line, so that rounds interleave with another program's.

Usage: step.py THREADS
Writes one line that begins with "ready" and says what runs, or "missing" and why nothing can.
Then answers each line "WIDTHS BATCH STEPS" on stdin, such as "784-512-256-10 128 50", with the seconds that those steps took.

A network is made at its first line and keeps training from then on. Its data are in memory, cut into batches that take turns: no
loader, no shuffling and no copy of a batch is on PyTorch's account.
"""

import sys

MOMENTUM = 0.9


def libraries():
    """Paths of the BLAS libraries that this process has loaded."""
    try:
        with open("/proc/self/maps") as maps:
            paths = {line.split()[-1] for line in maps if "blas" in line}
    except OSError:
        return "unknown BLAS"
    return ", ".join(sorted(paths)) or "built-in BLAS"


def main():
    torch.set_num_threads(int(sys.argv[1]))
    torch.rand(8, 8) @ torch.rand(8, 8)
    print(f"ready PyTorch {torch.__version__}, {libraries()}", flush=True)
    trainings = {}
    for line in sys.stdin:
        widths, batch, steps = line.split()
        key = (widths, batch)
        if key not in trainings:
            trainings[key] = Training([int(width) for width in widths.split("-")], int(batch), MOMENTUM)
        print(trainings[key].run(int(steps)), flush=True)


try:
    import torch
    from training import Training
except ImportError as problem:
    print(f"missing {problem}", flush=True)
    sys.exit(1)

main()
