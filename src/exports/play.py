#!/usr/bin/env python3
"""Plays a policy trained with Pronk: loads weights.safetensors, rebuilds its network in PyTorch, evaluates it in Gymnasium.

    pip install torch numpy "gymnasium[box2d]"
    python play.py weights.safetensors --episodes 100
    python play.py weights.safetensors --render

As a module:

    from play import load
    policy = load("weights.safetensors")        # a torch.nn.Module with the file's names and shapes
    outputs, baseline, state = policy(observation)

The file says which network it holds and which environment it was trained on. This program reads no other file and nothing from the
network. Environments that Gymnasium does not have can be given as `--env module:id`, the way gymnasium.make takes them.
"""
import argparse
import json
import math
import struct

import numpy as np
import torch
from torch import nn

OBSERVATION_LIMIT = 10.0  # Normalised observations are limited to +- this,
REWARD_LIMIT = 10.0  # normalised rewards to this.
VARIANCE_EPSILON = 1e-8
DTYPES = {"F16": np.float16, "F32": np.float32, "F64": np.float64}


def read_safetensors(path):
    """Returns ({name: array}, {metadata}): eight bytes of header length, a JSON header, the tensors' bytes."""
    with open(path, "rb") as file:
        contents = file.read()
    (length,) = struct.unpack("<Q", contents[:8])
    header = json.loads(contents[8 : 8 + length])
    metadata = header.pop("__metadata__", {})
    tensors = {}
    for name, entry in header.items():
        start, end = (8 + length + offset for offset in entry["data_offsets"])
        array = np.frombuffer(contents[start:end], DTYPES[entry["dtype"]])
        tensors[name] = array.reshape(entry["shape"]).astype(np.float32)
    return tensors, metadata


class ResidualSection(nn.Module):
    """A section of IMPALA's deep network: convolution, max-pool, two residual blocks."""

    class Block(nn.Module):
        def __init__(self, filters):
            super().__init__()
            self.conv0 = nn.Conv2d(filters, filters, 3, padding=1)
            self.conv1 = nn.Conv2d(filters, filters, 3, padding=1)

        def forward(self, z):
            return z + self.conv1(torch.relu(self.conv0(torch.relu(z))))

    def __init__(self, channels, filters):
        super().__init__()
        self.conv = nn.Conv2d(channels, filters, 3, padding=1)
        self.pool = nn.MaxPool2d(3, stride=2, padding=1)
        self.block0 = self.Block(filters)
        self.block1 = self.Block(filters)

    def forward(self, image):
        return self.block1(self.block0(self.pool(self.conv(image))))


def build_encoder(layers, shape):
    """The layers as a Sequential, and how many features come out. Images enter it channels first."""
    modules = []
    is_image = False
    for layer in layers:
        kind = layer["kind"]
        if kind == "dense":
            if is_image:
                modules.append(nn.Flatten())
            modules.append(nn.Linear(math.prod(shape), layer["width"]))
            shape, is_image = [layer["width"]], False
        elif kind == "conv":
            kernel, stride, padding = layer["kernel"], layer["stride"], layer["padding"]
            modules.append(nn.Conv2d(shape[2], layer["filters"], kernel, stride, padding))
            extents = [(n + 2 * padding - kernel) // stride + 1 for n in shape[:2]]
            shape, is_image = [*extents, layer["filters"]], True
        elif kind == "residual":
            modules.append(ResidualSection(shape[2], layer["filters"]))
            shape, is_image = [(shape[0] + 1) // 2, (shape[1] + 1) // 2, layer["filters"]], True
        elif kind == "relu":
            modules.append(nn.ReLU())
        else:
            raise ValueError(f'This program does not know the layer "{kind}".')
        activation = layer.get("activation", "linear")
        if activation != "linear":
            modules.append({"relu": nn.ReLU, "tanh": nn.Tanh}[activation]())
    return nn.Sequential(*modules), math.prod(shape)


class Policy(nn.Module):
    """The actor-critic of the file. `network` is the file's own description of it."""

    def __init__(self, network):
        super().__init__()
        self.network = network
        self.observation_space = network["observationSpace"]
        self.action_space = network["actionSpace"]
        shape = self.observation_space["shape"]
        self.scale = 1 / max(self.observation_space["high"]) if self.observation_space["dtype"] == "uint8" else 1.0
        self.sees_image = any(layer["kind"] in ("conv", "residual") for layer in network["encoder"])
        self.encoder, size = build_encoder(network["encoder"], shape)
        if network["lastActionReward"]:
            size += self.num_actions + 1
        core = network["core"]
        self.core = nn.LSTM(size, core["hidden"], core["layers"]) if core else None
        size = core["hidden"] if core else size
        is_box = self.action_space["kind"] == "box"
        has_log_std = is_box and network["logStd"] == "stateIndependent"
        columns = self.num_actions * (2 if is_box and not has_log_std else 1)
        self.policy = nn.Linear(size, columns)
        self.baseline = nn.Linear(size, 1)
        self.log_std = nn.Parameter(torch.zeros(columns)) if has_log_std else None
        if network["observationNormalisation"]:
            self._register_statistics("observation", shape)
        if network["rewardNormalisation"]:
            self._register_statistics("return", [1])

    def _register_statistics(self, name, shape):
        self.register_buffer(f"{name}_mean", torch.zeros(shape))
        self.register_buffer(f"{name}_variance", torch.ones(shape))
        self.register_buffer(f"{name}_count", torch.zeros(1))

    @property
    def num_actions(self):
        """Choices of all parts together, switches, or numbers of a vector."""
        space = self.action_space
        kind = space["kind"]
        if kind == "multiDiscrete":
            return sum(space["nvec"])
        return math.prod(space["shape"]) if kind == "box" else space["n"]

    def encode_last_action(self, action):
        """[batch, A] to one-hot, bits or the vector itself. -1 stands for no action yet, in a Box 0."""
        kind = self.action_space["kind"]
        if kind == "box":
            return action.float()
        if kind == "multiBinary":
            return (action == 1).float()
        sizes = self.action_space["nvec"] if kind == "multiDiscrete" else [self.action_space["n"]]
        return torch.cat([(action[:, i : i + 1] == torch.arange(n)).float() for i, n in enumerate(sizes)], 1)

    def first_state(self, batch=1):
        """(h, c), each [layers, batch, hidden], all zero where an episode begins; None without a core."""
        if not self.core:
            return None
        zeros = torch.zeros(self.core.num_layers, batch, self.core.hidden_size)
        return zeros, zeros.clone()

    def forward(self, observation, last_action=None, last_reward=None, state=None):
        """
        observation [batch, ...], last_action [batch, A], last_reward [batch], state as from `first_state`.
        Returns (outputs [batch, P], baseline [batch], next state). Outputs are logits; in a Box means, then logarithms of
        standard deviations.
        """
        batch = observation.shape[0]
        x = observation.float() * self.scale
        if self.network["observationNormalisation"]:
            x = (x - self.observation_mean) / torch.sqrt(self.observation_variance + VARIANCE_EPSILON)
            x = x.clamp(-OBSERVATION_LIMIT, OBSERVATION_LIMIT)
        x = x.permute(0, 3, 1, 2) if self.sees_image else x.flatten(1)
        features = self.encoder(x)
        if self.network["lastActionReward"]:
            if last_action is None:
                last_action, last_reward = self.first_action(batch), torch.zeros(batch)
            last_reward = last_reward.float().reshape(-1, 1)
            features = torch.cat([features, self.encode_last_action(last_action), last_reward], 1)
        if self.core:
            features, state = self.core(features[None], self.first_state(batch) if state is None else state)
            features = features[0]
        outputs = self.policy(features)
        if self.log_std is not None:
            outputs = torch.cat([outputs, self.log_std.expand_as(outputs)], 1)
        return outputs, self.baseline(features)[:, 0], state

    def first_action(self, batch=1):
        """Stands for "no action yet"."""
        kind = self.action_space["kind"]
        if kind == "box":
            return torch.zeros(batch, self.num_actions)
        parts = {"discrete": 1, "multiDiscrete": len(self.action_space.get("nvec", [])), "multiBinary": self.num_actions}
        return torch.full((batch, parts[kind]), -1)

    def choose(self, outputs, greedy=True):
        """An action for each row, [batch, A]: the most probable, or one drawn."""
        kind = self.action_space["kind"]
        if kind == "box":
            mean, log_std = outputs.chunk(2, 1)
            return mean if greedy else torch.normal(mean, log_std.exp())
        if kind == "multiBinary":
            return (outputs > 0).long() if greedy else torch.bernoulli(outputs.sigmoid()).long()
        sizes = self.action_space["nvec"] if kind == "multiDiscrete" else [self.action_space["n"]]
        parts = outputs.split(sizes, 1)
        if greedy:
            return torch.stack([part.argmax(1) for part in parts], 1)
        return torch.cat([torch.multinomial(part.softmax(1), 1) for part in parts], 1)

    def to_env(self, action):
        """One row [A] as the environment takes it: a number, or an array; vectors clipped to their bounds."""
        space = self.action_space
        if space["kind"] == "discrete":
            return int(action[0])
        array = action.numpy()
        if space["kind"] != "box":
            return array.astype(np.int64)
        low = np.float32([-np.inf if bound is None else bound for bound in space["low"]])
        high = np.float32([np.inf if bound is None else bound for bound in space["high"]])
        return np.clip(array, low, high).astype(np.float32).reshape(space["shape"])

    def reward_seen(self, reward, clipping):
        """A reward as the network sees it: clipped, then scaled by the spread of the return."""
        if clipping == "absOne":
            reward = max(-1.0, min(1.0, reward))
        elif clipping == "softAsymmetric":
            squashed = 5 * math.tanh(reward / 5)
            reward = 0.3 * squashed if reward < 0 else squashed
        if self.network["rewardNormalisation"]:
            reward /= math.sqrt(float(self.return_variance[0]) + VARIANCE_EPSILON)
            reward = max(-REWARD_LIMIT, min(REWARD_LIMIT, reward))
        return reward


def load(path):
    """The policy of a weights file, ready to play. `policy.hyperparameters` holds the configuration of the run."""
    tensors, metadata = read_safetensors(path)
    if "network" not in metadata:
        raise SystemExit(f"{path} does not say which network it holds. Export the weights from Pronk.")
    policy = Policy(json.loads(metadata["network"]))
    policy.load_state_dict({name: torch.from_numpy(array) for name, array in tensors.items()})
    policy.hyperparameters = json.loads(metadata.get("hyperparameters", "{}"))
    return policy.eval()


def make_env(policy, env_id, render):
    """The Gymnasium environment, checked against the spaces that the policy was trained with."""
    import gymnasium

    try:
        env = gymnasium.make(env_id, render_mode="human" if render else None)
    except gymnasium.error.Error as error:
        raise SystemExit(f'Gymnasium cannot make "{env_id}": {error}\nName another with --env, such as module:id.')
    shape = tuple(policy.observation_space["shape"])
    if env.observation_space.shape != shape:
        raise SystemExit(f"{env_id} gives observations {env.observation_space.shape}; the policy was trained on {shape}.")
    return env


@torch.no_grad()
def play_episode(policy, env, seed, greedy=True):
    """Return and length of the episode of this seed."""
    clipping = policy.hyperparameters.get("rewardClipping", "none")
    observation, _ = env.reset(seed=seed)
    action, reward, state = policy.first_action(), torch.zeros(1), policy.first_state()
    episode_return, length, is_over = 0.0, 0, False
    while not is_over:
        row = torch.as_tensor(np.asarray(observation))[None]
        outputs, _, state = policy(row, action, reward, state)
        action = policy.choose(outputs, greedy)
        observation, raw_reward, terminated, truncated, _ = env.step(policy.to_env(action[0]))
        reward = torch.tensor([policy.reward_seen(float(raw_reward), clipping)])
        episode_return += float(raw_reward)
        length += 1
        is_over = terminated or truncated
    return episode_return, length


def main():
    parser = argparse.ArgumentParser(description="Evaluates a policy trained with Pronk in Gymnasium.")
    parser.add_argument("weights", nargs="?", default="weights.safetensors")
    parser.add_argument("--env", help="id of the environment; default: the one of the file")
    parser.add_argument("--episodes", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1000, help="seed of the first episode; the others follow it one by one")
    parser.add_argument("--sampled", action="store_true", help="draw actions from the policy instead of the most probable")
    parser.add_argument("--render", action="store_true", help="show a window")
    args = parser.parse_args()
    if args.episodes < 1:
        parser.error("--episodes must be at least 1")
    torch.manual_seed(args.seed)
    policy = load(args.weights)
    env_id = args.env or policy.hyperparameters.get("evalEnv") or policy.hyperparameters.get("env")
    if not env_id:
        parser.error("the file names no environment; name one with --env")
    env = make_env(policy, env_id, args.render)
    seeds = range(args.seed, args.seed + args.episodes)
    returns = np.array([play_episode(policy, env, seed, not args.sampled)[0] for seed in seeds])
    env.close()
    # 95 % interval of the mean by a percentile bootstrap.
    resampled = np.random.default_rng(0).choice(returns, (2000, len(returns))).mean(1)
    low, high = np.percentile(resampled, [2.5, 97.5])
    kind = "sampled" if args.sampled else "greedy"
    print(f"{env_id}: {len(returns)} {kind} episodes, seeds {seeds[0]} to {seeds[-1]}")
    print(f"mean return {returns.mean():.2f}, 95 % interval [{low:.2f}, {high:.2f}], "
          f"std {returns.std():.2f}, min {returns.min():.2f}, max {returns.max():.2f}")


if __name__ == "__main__":
    main()
