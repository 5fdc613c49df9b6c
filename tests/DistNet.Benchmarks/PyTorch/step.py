"""Training steps with PyTorch on the CPU, timed here and asked for line by line, so that rounds interleave with another program's.

Usage: step.py THREADS
Writes one line that begins with "ready" and says what runs, or "missing" and why nothing can.
Then answers each line "WIDTHS BATCH STEPS" on stdin, such as "784-512-256-10 128 50", with the seconds that those steps took.

A network is made at its first line and keeps training from then on. Its data are in memory, cut into batches that take turns: no
loader, no shuffling and no copy of a batch is on PyTorch's account.
"""

import sys
import time

BATCHES = 20
SEED = 1


def libraries():
    """Paths of the BLAS libraries that this process has loaded."""
    try:
        with open("/proc/self/maps") as maps:
            paths = {line.split()[-1] for line in maps if "blas" in line}
    except OSError:
        return "unknown BLAS"
    return ", ".join(sorted(paths)) or "built-in BLAS"


class Training:
    """Linear and ReLU layers, cross-entropy of the class (or of one output), stochastic gradient descent with momentum."""

    def __init__(self, widths, batch):
        torch.manual_seed(SEED)
        layers = []
        for inputs, units in zip(widths, widths[1:]):
            layers += [torch.nn.Linear(inputs, units), torch.nn.ReLU()]
        self.network = torch.nn.Sequential(*layers[:-1])
        self.optimizer = torch.optim.SGD(self.network.parameters(), lr=0.01, momentum=0.9)
        # Centred features, as on the other side: on positive ones units die and their velocities become denormal numbers.
        features = 2 * torch.rand(BATCHES * batch, widths[0]) - 1
        labels = torch.randint(0, max(2, widths[-1]), (BATCHES * batch,))
        if widths[-1] == 1:
            self.loss = torch.nn.BCEWithLogitsLoss()
            labels = labels.float().unsqueeze(1)
        else:
            self.loss = torch.nn.CrossEntropyLoss()
        self.batches = list(zip(features.split(batch), labels.split(batch)))
        self.step = 0

    def run(self, steps):
        start = time.perf_counter()
        for _ in range(steps):
            features, labels = self.batches[self.step % BATCHES]
            self.optimizer.zero_grad()
            loss = self.loss(self.network(features), labels)
            loss.backward()
            self.optimizer.step()
            self.step += 1
        return time.perf_counter() - start


def main():
    torch.set_num_threads(int(sys.argv[1]))
    torch.rand(8, 8) @ torch.rand(8, 8)
    print(f"ready PyTorch {torch.__version__}, {libraries()}", flush=True)
    trainings = {}
    for line in sys.stdin:
        widths, batch, steps = line.split()
        key = (widths, batch)
        if key not in trainings:
            trainings[key] = Training([int(width) for width in widths.split("-")], int(batch))
        print(trainings[key].run(int(steps)), flush=True)


try:
    import torch
except ImportError as problem:
    print(f"missing {problem}", flush=True)
    sys.exit(1)

main()
