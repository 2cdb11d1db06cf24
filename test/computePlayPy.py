"""Prints, as JSON, what play.py computes for each case of a JSON file: {weights, observation, lastAction, lastReward, h, c, rows}."""
import json
import sys

import numpy as np
import torch
from play import load


def tensor(values, shape, kind=np.float32):
    return torch.from_numpy(np.array(values, kind).reshape(shape))


@torch.no_grad()
def compute(case):
    policy = load(case["weights"])
    rows = case["rows"]
    space = policy.observation_space
    is_box = policy.action_space["kind"] == "box"
    observation = tensor(case["observation"], [rows, *space["shape"]], space["dtype"])
    state = None
    if policy.core:
        shape = [policy.core.num_layers, rows, policy.core.hidden_size]
        state = tensor(case["h"], shape), tensor(case["c"], shape)
    last_action = tensor(case["lastAction"], [rows, -1], np.float32 if is_box else np.int64)
    outputs, baseline, state = policy(observation, last_action, tensor(case["lastReward"], [rows]), state)
    next_h, next_c = state or (torch.zeros(0), torch.zeros(0))
    results = {"policy": outputs, "baseline": baseline, "nextH": next_h, "nextC": next_c}
    return {name: result.flatten().tolist() for name, result in results.items()}


with open(sys.argv[1]) as file:
    print(json.dumps([compute(case) for case in json.load(file)]))
