"""A run as NumPy and JAX do it, in double precision: how long it takes them, and that it is the same run.

    python3 benches/peers.py RUN.npz --step-size ETA --momentum BETA

RUN.npz is what `winning-ticket run --npz` writes. As its set-up each peer draws as many normal numbers as the samples have
and lays the samples out; then it does as many steps as the run in the file of

    W(t+1) = W(t) - ETA M * grad f(W(t)) + BETA (W(t) - W(t-1)),    f(W) = 1/2N sum_n (1/K sum_j relu(w_j.x_n) - y_n)^2

on all cores, without looking whether the run has settled. There are two layouts, and the one that is faster at first is
taken: for each neuron the features on its mask, or for all neurons the features on any mask. JAX compiles the steps as one
loop before the clock starts. Each step does the same work, so the fastest twenty stand for all of them: what else the
machine does would only make a peer slower, and the more so the more threads it has.

For each peer that this Python has, a line `measured: {"name", "value": seconds, "error"}`, the error being the relative
distance of its last W from that in the file; without NumPy, no line.
"""

import argparse
import json
import time

# Steps that are timed together, and how often the layouts are tried.
CHUNK = 20
TRIES = 5


class EachNeuron:
    """x: neurons x features of one mask x samples. Masks with fewer features are filled up with weights that stay 0."""

    def __init__(self, np, run):
        columns = [np.flatnonzero(column) for column in run["M"].T]
        self.features = np.zeros((len(columns), max(map(len, columns))), dtype=int)
        self.mask = np.zeros(self.features.shape)
        for j, column in enumerate(columns):
            self.features[j, : len(column)] = column
            self.mask[j, : len(column)] = 1.0

    def samples(self, np, x):
        return np.ascontiguousarray(x.T)[self.features]

    def weights(self, np, columns):
        return self.mask * np.take_along_axis(columns.T, self.features, axis=1)

    @staticmethod
    def inputs(xp, weights, x):
        return xp.matmul(weights[:, None, :], x)[:, 0, :]

    @staticmethod
    def back(xp, signals, x):
        return xp.matmul(x, signals[:, :, None])[:, :, 0]


class AllNeurons:
    """x: features of any mask x samples."""

    def __init__(self, np, run):
        self.features = np.flatnonzero(run["M"].any(axis=1))
        self.mask = np.ascontiguousarray(run["M"][self.features].T)

    def samples(self, np, x):
        return np.ascontiguousarray(x[:, self.features].T)

    def weights(self, np, columns):
        return np.ascontiguousarray(columns[self.features].T)

    @staticmethod
    def inputs(xp, weights, x):
        return weights @ x

    @staticmethod
    def back(xp, signals, x):
        return signals @ x.T


def step(xp, layout, rate, momentum, state, x, y):
    weights, previous = state
    inputs = layout.inputs(xp, weights, x)
    residual = xp.maximum(inputs, 0.0).mean(axis=0) - y
    gradient = layout.back(xp, xp.where(inputs > 0.0, residual, 0.0), x)
    return weights - rate * gradient + momentum * (weights - previous), weights


def numpy_steps(np, layout, rate, momentum, x, y):
    """What does so many steps from a state."""

    def advance(state, steps):
        for _ in range(steps):
            state = step(np, layout, rate, momentum, state, x, y)
        return state

    return advance


def jax_steps(np, layout, rate, momentum, x, y):
    """What does so many steps from a state, compiled as one loop."""
    import jax
    import jax.numpy as jnp

    jax.config.update("jax_enable_x64", True)
    rate, x, y = map(jnp.asarray, (rate, x, y))

    @jax.jit
    def loop(state, steps, x, y):
        return jax.lax.fori_loop(0, steps, lambda _, state: step(jnp, layout, rate, momentum, state, x, y), state)

    return lambda state, steps: jax.block_until_ready(loop(state, steps, x, y))


def timed(work):
    begin = time.perf_counter()
    result = work()
    return time.perf_counter() - begin, result


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("run")
    parser.add_argument("--step-size", type=float, required=True)
    parser.add_argument("--momentum", type=float, required=True)
    arguments = parser.parse_args()
    try:
        import numpy as np
    except ImportError:
        return
    peers = {"NumPy": numpy_steps}
    try:
        import jax  # noqa: F401
    except ImportError:
        pass
    else:
        peers["JAX"] = jax_steps
    with np.load(arguments.run) as arrays:
        run = {name: arrays[name] for name in ("X", "y", "M", "W0", "W", "relative_error")}
    samples, neurons, steps = len(run["y"]), run["M"].shape[1], len(run["relative_error"]) - 1
    for name, peer in peers.items():
        tries = []
        for layout in (EachNeuron(np, run), AllNeurons(np, run)):

            def set_up(layout=layout):
                np.random.default_rng(1).standard_normal(run["X"].shape)
                return layout.samples(np, run["X"]), layout.weights(np, run["W0"])

            drawn, (x, start) = timed(set_up)
            rate = layout.mask * (arguments.step_size / (samples * neurons))
            advance = peer(np, layout, rate, arguments.momentum, x, run["y"])
            state = advance((start, start), 1)  # compiles it
            chunk = min(timed(lambda: advance(state, CHUNK))[0] for _ in range(TRIES))
            tries.append((chunk, drawn, layout, advance, start))
        chunk, drawn, layout, advance, start = min(tries, key=lambda tried: tried[0])
        state = start, start
        for _ in range(steps // CHUNK):
            seconds, state = timed(lambda: advance(state, CHUNK))
            chunk = min(chunk, seconds)
        weights, end = advance(state, steps % CHUNK)[0], layout.weights(np, run["W"])
        error = float(np.linalg.norm(np.asarray(weights) - end) / np.linalg.norm(end))
        value = drawn + chunk / CHUNK * steps
        print("measured: " + json.dumps({"name": name, "value": value, "error": error}), flush=True)


if __name__ == "__main__":
    main()
