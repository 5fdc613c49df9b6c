"""Checks models with onnx.checker, shapes included: python3 check_onnx.py JOBS.json RESULTS.json"""
import json
import sys

import onnx


def dims(value):
    return [d.dim_param or d.dim_value for d in value.type.tensor_type.shape.dim]


results = []
for job in json.load(open(sys.argv[1])):
    model = onnx.load(job["model"])
    onnx.checker.check_model(model, full_check=True)
    results.append({
        "name": job["name"],
        "irVersion": model.ir_version,
        "opset": [[entry.domain, entry.version] for entry in model.opset_import],
        "producer": model.producer_name + " " + model.producer_version,
        "metadata": {entry.key: entry.value for entry in model.metadata_props},
        "inputs": {value.name: dims(value) for value in model.graph.input},
        "outputs": {value.name: dims(value) for value in model.graph.output},
    })
json.dump(results, open(sys.argv[2], "w"))
