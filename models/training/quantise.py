"""A float ONNX file as one that computes in integers: `export_emotion.py --int8`, `export_detector.py --int8`.

Activations become uint8 with one scale a tensor, weights integers with one scale a channel,
symmetric about zero. In the file every such tensor passes a QuantizeLinear and a DequantizeLinear
(QDQ), out of which ONNX Runtime makes integer convolutions. The last layers stay float: they cost
next to nothing, and their answers are what counts.
"""
import re
import subprocess

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from onnx_net import OnnxNet
from runs import HERE, RUNS

# Seven bits and not eight: processors without VNNI add two products in 16 bits, and
# 2 * 255 * 63 fits into them, 2 * 255 * 127 does not. Measured, it loses nothing.
LARGEST_WEIGHT = 63
# How the smallest and largest value in each picture, [pictures, tensors], become a range.
RANGES = {
    "of all pictures": lambda low, high: (low.min(0), high.max(0)),
    "of 98 % of the pictures": lambda low, high: (np.percentile(low, 1, 0), np.percentile(high, 99, 0)),
    "of the mean picture": lambda low, high: (low.mean(0), high.mean(0)),
}
LOST_AT_MOST, TIME_AT_MOST = 0.005, 0.9  # of accuracy or recall; of the time that the float net takes


def behind_relu(graph):
    """From what goes into a ReLU to what comes out of it. Only the latter is put into steps: a range
    that begins at 0 cuts off what is negative, so the ReLU costs nothing."""
    return {node.input[0]: node.output[0] for node in graph.node if node.op_type == "Relu"}


def pictures_read(node):
    """The inputs of an operator that can compute in integers, its weights left out; none of others."""
    return {"Conv": node.input[:1], "Add": node.input, "Concat": node.input, "Resize": node.input[:1],
            "Slice": node.input[:1]}.get(node.op_type, [])


def quantised_tensors(graph):
    """Names of what integer operators read and write: all from the input of the net on, up to the
    last operator of a branch, whose answer stays float."""
    behind, names = behind_relu(graph), [graph.input[0].name]
    read = {name for node in graph.node for name in pictures_read(node)}
    for node in graph.node:
        after, pictures = behind.get(node.output[0], node.output[0]), pictures_read(node)
        if pictures and after in read and all(name in names for name in pictures):
            names.append(after)
    return names


def ranges_of(model, names, pixels):
    """Least and largest value of each tensor in each picture, two arrays [pictures, tensors]."""
    net = onnx.ModelProto()
    net.CopyFrom(model)
    del net.graph.output[:]
    for name in names:
        for kind in ("Min", "Max"):
            net.graph.node.append(helper.make_node(f"Reduce{kind}", [name], [f"{kind} {name}"], keepdims=1))
            net.graph.output.append(helper.make_tensor_value_info(f"{kind} {name}", TensorProto.FLOAT, None))
    path = RUNS / "ranges.onnx"
    onnx.save(net, str(path))
    ends = np.stack([end.numpy().reshape(len(pixels)) for end in OnnxNet(path)(pixels)], 1)
    path.unlink()
    return ends[:, 0::2], ends[:, 1::2]


def activation_scale(low, high):
    """Scale and zero point of a uint8 tensor; 0 itself is always one of the 256 values."""
    low, high = min(float(low), 0.0), max(float(high), 0.0)
    scale = max(high - low, 1e-6) / 255
    return np.float32(scale), np.uint8(np.clip(round(-low / scale), 0, 255))


def weights_by_channel(weights):
    """Integer weights and a scale for each output channel."""
    scale = np.maximum(np.abs(weights).reshape(len(weights), -1).max(1), 1e-8) / LARGEST_WEIGHT
    steps = np.round(weights / scale.reshape(-1, *[1] * (weights.ndim - 1)))
    return steps.astype(np.int8), scale.astype(np.float32)


def quantised_model(model, scales):
    """The model with every tensor of `scales` in 256 steps, and integer weights where those go in and out."""
    net = onnx.ModelProto()
    net.CopyFrom(model)
    graph, stored, nodes = net.graph, {i.name: i for i in net.graph.initializer}, []

    def keep(name, value):
        graph.initializer.append(numpy_helper.from_array(np.asarray(value), name))
        return name

    def in_steps(name):
        ends = [keep(f"{name} scale", scales[name][0]), keep(f"{name} zero", scales[name][1])]
        nodes.append(helper.make_node("QuantizeLinear", [name, *ends], [f"{name} steps"]))
        nodes.append(helper.make_node("DequantizeLinear", [f"{name} steps", *ends], [f"{name} real"]))

    def as_steps(name, steps, scale):
        parts = [keep(name, steps), keep(f"{name} scale", scale), keep(f"{name} zero", np.zeros(len(scale), steps.dtype))]
        nodes.append(helper.make_node("DequantizeLinear", parts, [f"{name} real"], axis=0))
        return f"{name} real"

    in_steps(graph.input[0].name)
    behind = behind_relu(graph)
    for node in model.graph.node:
        inputs = [f"{name} real" if name in scales else name for name in node.input]
        if node.op_type == "Conv" and behind.get(node.output[0], node.output[0]) in scales:
            weights, scale = weights_by_channel(numpy_helper.to_array(stored[node.input[1]]))
            bias_scale = scale * scales[node.input[0]][0]
            bias = np.round(numpy_helper.to_array(stored[node.input[2]]) / bias_scale).astype(np.int32)
            # Under names of their own: equal biases of two convolutions are one tensor in a float file.
            inputs[1:] = [as_steps(f"{node.output[0]} weights", weights, scale),
                          as_steps(f"{node.output[0]} bias", bias, bias_scale)]
        changed = onnx.NodeProto()
        changed.CopyFrom(node)
        changed.input[:] = inputs
        nodes.append(changed)
        for name in node.output:
            if name in scales:
                in_steps(name)
    del graph.node[:]
    graph.node.extend(nodes)
    used = {name for node in nodes for name in node.input}
    for tensor in stored.values():
        if tensor.name not in used:
            graph.initializer.remove(tensor)
    onnx.checker.check_model(net)
    return net


def quantise(source, pixels, decisive, out, log):
    """Writes `source` in integers to `out`, with those of RANGES with which the output number
    `decisive` comes closest on `pixels` [N,C,H,W] to that of the float net: no label, no luck."""
    model = onnx.load(str(source))
    names = quantised_tensors(model.graph)
    low, high = ranges_of(model, names, pixels)
    wanted, least = OnnxNet(source)(pixels)[decisive], float("inf")
    for name, ends in RANGES.items():
        trial = RUNS / "trial.onnx"
        onnx.save(quantised_model(model, dict(zip(names, map(activation_scale, *ends(low, high))))), str(trial))
        error = ((OnnxNet(trial)(pixels)[decisive] - wanted).square().mean() / wanted.square().mean()).sqrt().item()
        log.info("8 bits, range %s: output %d off by %.4f of its size", name, decisive, error)
        if error < least:
            least = error
            trial.replace(out)


def milliseconds(nets, name, shape, rounds=9, runs=200):
    """Median time of each net for one input on one core, float [rounds, nets]: the nets take turns,
    so that other work on the machine falls on all of them alike."""
    def measured(net):
        said = subprocess.run(["node", HERE / "measure_onnx.js", net, name, ",".join(map(str, shape)), str(runs)],
                              capture_output=True, check=True, text=True).stdout
        return float(re.search(r"median ([\d.]+) ms", said).group(1))
    return np.array([[measured(net) for net in nets] for _ in range(rounds)])


def wins(lost, nets, name, shape, log):
    """Whether the second of `nets` is faster than the first by a tenth, and `lost` no more than half a point."""
    times = milliseconds(nets, name, shape)
    before, after = np.median(times, 0)
    share = float(np.median(times[:, 1] / times[:, 0]))
    log.info("8 bits lose %.4f and take %.3f ms instead of %.3f (%.2f of the time), %d bytes instead of %d", lost, after,
             before, share, nets[1].stat().st_size, nets[0].stat().st_size)
    return lost <= LOST_AT_MOST and share <= TIME_AT_MOST
