"""Training steps with PyTorch DistributedDataParallel and Gloo, two processes of one thread, timed here and asked for line by line.

Usage: ddp.py
Writes one line that begins with "ready" and says what runs, or "missing" and why nothing can.
Then answers each line "BATCH STEPS" on stdin, BATCH samples for each of the two processes, with the seconds that those steps took.

The network is 784-512-256-10 with ReLU and cross-entropy, under gradient descent without momentum. Each process's data are in memory,
cut into batches that take turns: no loader, no shuffling and no copy of a batch is on PyTorch's account.
"""

import os
import socket
import subprocess
import sys

PROCESSES = 2
WIDTHS = [784, 512, 256, 10]


def parallel(network, rank):
    """Every process begins with the same weights, and has data of its own."""
    network = torch.nn.parallel.DistributedDataParallel(network)
    torch.manual_seed(SEED + rank)
    return network


def work(rank, port):
    """Process 0 reads what is to be done and tells the others."""
    torch.set_num_threads(1)
    distributed.init_process_group("gloo", init_method=f"tcp://127.0.0.1:{port}", rank=rank, world_size=PROCESSES)
    if rank == 0:
        print(f"ready PyTorch {torch.__version__}, DistributedDataParallel with Gloo", flush=True)
    trainings = {}
    while True:
        order = torch.zeros(2, dtype=torch.int64)
        if rank == 0:
            order = torch.tensor([int(word) for word in sys.stdin.readline().split()] or [0, 0])
        distributed.broadcast(order, 0)
        batch, steps = order.tolist()
        if steps == 0:
            return
        if batch not in trainings:
            trainings[batch] = Training(WIDTHS, batch, wrap=lambda network: parallel(network, rank))
        seconds = trainings[batch].run(steps, distributed.barrier)
        if rank == 0:
            print(seconds, flush=True)


def main():
    if len(sys.argv) > 1:
        work(int(sys.argv[1]), int(sys.argv[2]))
        return
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    others = [subprocess.Popen([sys.executable, __file__, str(rank), str(port)], stdin=subprocess.DEVNULL) for rank in range(1, PROCESSES)]
    try:
        work(0, port)
    finally:
        for other in others:
            other.wait(timeout=30)


# Otherwise Gloo looks up the machine's name, which need not lead anywhere.
os.environ.setdefault("GLOO_SOCKET_IFNAME", "lo")
try:
    import torch
    from torch import distributed
    from training import SEED, Training
except ImportError as problem:
    print(f"missing {problem}", flush=True)
    sys.exit(1)

if not distributed.is_available():
    print("missing torch.distributed", flush=True)
    sys.exit(1)

main()
