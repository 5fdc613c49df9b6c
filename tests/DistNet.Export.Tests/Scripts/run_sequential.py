"""Loads exported weights into nn.Sequential and predicts: python3 run_sequential.py JOBS.json RESULTS.json
Knows the network, the scaling and the output from the file's metadata alone."""
import json
import sys

import torch

import safetensors_file

torch.set_num_threads(1)


def build(modules):
    return torch.nn.Sequential(*[getattr(torch.nn, m.pop("type"))(**m) for m in modules])


def predict(job):
    tensors, metadata = safetensors_file.read(job["model"])
    network = build(json.loads(metadata["modules"]))
    network.load_state_dict(tensors, strict=True)
    network.eval()
    scaling = json.loads(metadata["scaling"])
    rows = [[float(cell) for cell in line.split(",")] for line in open(job["samples"]).read().split()]
    x = torch.tensor(rows, dtype=torch.float32).double()
    x = (x - torch.tensor(scaling["offsets"], dtype=torch.float64)) * torch.tensor(scaling["factors"], dtype=torch.float64)
    with torch.no_grad():
        y = network(x.float())
    y = {"softmax": lambda: torch.softmax(y, 1), "sigmoid": lambda: torch.sigmoid(y), "none": lambda: y}[metadata["output"]]()
    classes = json.loads(metadata["classes"])
    if y.shape[1] == 1 and len(classes) == 2:
        y = torch.cat([1 - y, y], 1)
    return {"name": job["name"], "shape": list(y.shape), "predictions": y.flatten().tolist(), "metadata": metadata}


json.dump([predict(job) for job in json.load(open(sys.argv[1]))], open(sys.argv[2], "w"))
