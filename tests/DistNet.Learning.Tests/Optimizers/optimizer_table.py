"""Writes optimizer_table.csv: weights of a few coordinates after each of 12 steps, by PyTorch's optimisers.

Run with any PyTorch (the table here is from 1.13): python3 optimizer_table.py > optimizer_table.csv
The tests read the table only, so they need no PyTorch.
"""
import torch

STEPS, COORDINATES = 12, 6
DEFAULTS = dict(momentum=0.9, beta1=0.9, beta2=0.999, epsilon=1e-8, decay=0.0)

CASES = [
    ("Sgd", dict(rate=0.1)),
    ("Sgd", dict(rate=0.003)),
    ("Momentum", dict(rate=0.05)),
    ("Momentum", dict(rate=0.01, momentum=0.5)),
    ("Nesterov", dict(rate=0.05)),
    ("Nesterov", dict(rate=0.01, momentum=0.6)),
    ("Adagrad", dict(rate=0.1)),
    ("Adagrad", dict(rate=0.01, epsilon=1e-3)),
    ("RmsProp", dict(rate=0.01)),
    ("RmsProp", dict(rate=0.003, beta2=0.9, epsilon=1e-4)),
    ("Adam", dict(rate=0.001)),
    ("Adam", dict(rate=0.02, beta1=0.8, beta2=0.95, epsilon=1e-3)),
    ("AdamW", dict(rate=0.001, decay=0.01)),
    ("AdamW", dict(rate=0.02, beta1=0.7, beta2=0.99, epsilon=1e-4, decay=0.3)),
]


def optimizer(kind, w, h):
    betas = (h["beta1"], h["beta2"])
    return {
        "Sgd": lambda: torch.optim.SGD([w], lr=h["rate"]),
        "Momentum": lambda: torch.optim.SGD([w], lr=h["rate"], momentum=h["momentum"]),
        "Nesterov": lambda: torch.optim.SGD([w], lr=h["rate"], momentum=h["momentum"], nesterov=True),
        "Adagrad": lambda: torch.optim.Adagrad([w], lr=h["rate"], eps=h["epsilon"]),
        "RmsProp": lambda: torch.optim.RMSprop([w], lr=h["rate"], alpha=h["beta2"], eps=h["epsilon"]),
        "Adam": lambda: torch.optim.Adam([w], lr=h["rate"], betas=betas, eps=h["epsilon"]),
        "AdamW": lambda: torch.optim.AdamW([w], lr=h["rate"], betas=betas, eps=h["epsilon"], weight_decay=h["decay"]),
    }[kind]()


def main():
    torch.manual_seed(20240607)
    start = torch.randn(COORDINATES)
    gradients = torch.randn(STEPS, COORDINATES) * torch.tensor([1.0, 0.1, 10.0, 1e-3, 1.0, 1.0])
    gradients[:, 4] = 0.5           # a steady slope
    gradients[::3, 5] = 0.0         # a sparse one
    columns = ["case", "kind", "rate", "momentum", "beta1", "beta2", "epsilon", "decay", "step", "coordinate", "gradient", "weight"]
    print(",".join(columns))
    for number, (kind, chosen) in enumerate(CASES):
        h = {**DEFAULTS, **chosen}
        w = start.clone()
        rule = optimizer(kind, w, h)
        settings = [h[c] for c in columns[2:8]]
        for step in range(STEPS + 1):  # step 0 is the start
            if step:
                w.grad = gradients[step - 1].clone()
                rule.step()
            for i in range(COORDINATES):
                g = gradients[step - 1, i].item() if step else 0.0
                print(",".join(map(str, [number, kind, *settings, step, i, f"{g:.9g}", f"{w[i].item():.9g}"])))


main()
