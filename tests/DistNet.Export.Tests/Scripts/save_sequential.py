"""Saves an nn.Sequential with weights of its own, and what it predicts: python3 save_sequential.py SAMPLES.csv NETWORK.safetensors RESULTS.json"""
import json
import sys

import torch

import safetensors_file

torch.manual_seed(1)
torch.set_num_threads(1)
network = torch.nn.Sequential(torch.nn.Linear(4, 7), torch.nn.GELU(approximate="tanh"), torch.nn.Dropout(0.2), torch.nn.Linear(7, 3))
network.eval()
safetensors_file.write(sys.argv[2], network.state_dict())
rows = [[float(cell) for cell in line.split(",")] for line in open(sys.argv[1]).read().split()]
with torch.no_grad():
    y = torch.softmax(network(torch.tensor(rows)), 1)
json.dump([{"name": "saved", "shape": list(y.shape), "predictions": y.flatten().tolist()}], open(sys.argv[3], "w"))
