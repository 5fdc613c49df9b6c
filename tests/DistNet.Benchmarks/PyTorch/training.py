"""A network that is trained with PyTorch on data in memory, cut into batches that take turns: no loader, no shuffling, no copy of a batch."""

import time

import torch

BATCHES = 20
SEED = 1


class Training:
    """Linear and ReLU layers, cross-entropy of the class (or of one output), stochastic gradient descent.

    wrap takes the network before data are drawn and gives the one to train.
    """

    def __init__(self, widths, batch, momentum=0.0, wrap=lambda network: network):
        torch.manual_seed(SEED)
        layers = []
        for inputs, units in zip(widths, widths[1:]):
            layers += [torch.nn.Linear(inputs, units), torch.nn.ReLU()]
        self.network = wrap(torch.nn.Sequential(*layers[:-1]))
        self.optimizer = torch.optim.SGD(self.network.parameters(), lr=0.01, momentum=momentum)
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

    def run(self, steps, barrier=lambda: None):
        """The seconds that the steps took; barrier waits for whoever else takes part, before and after."""
        barrier()
        start = time.perf_counter()
        for _ in range(steps):
            features, labels = self.batches[self.step % BATCHES]
            self.optimizer.zero_grad()
            loss = self.loss(self.network(features), labels)
            loss.backward()
            self.optimizer.step()
            self.step += 1
        barrier()
        return time.perf_counter() - start
