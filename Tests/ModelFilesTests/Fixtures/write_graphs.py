"""Writes the ONNX and OpenVINO fixtures with the real tools: onnx 1.23, onnxruntime 1.32, openvino 2026.4, nncf 3.4.

Run it in a virtual environment that has them: python write_graphs.py FOLDER
"""

import os
import sys
import tempfile

import nncf
import numpy as np
import onnx
import openvino as ov
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import CalibrationDataReader, QuantFormat, QuantType, quantize_dynamic, quantize_static
from onnxruntime.quantization.matmul_nbits_quantizer import MatMulNBitsQuantizer
from openvino import opset13 as ops

WIDTH, INNER, VOCABULARY = 64, 32, 16
random = np.random.default_rng(1)


def values(*shape):
    return random.standard_normal(shape).astype(np.float32)


def tensor(name, *shape):
    return numpy_helper.from_array(values(*shape), name)


def onnx_model(width=WIDTH, inner=INNER, vocabulary=VOCABULARY):
    nodes = [
        helper.make_node("Gather", ["embedding", "input_ids"], ["rows"]),
        helper.make_node("MatMul", ["rows", "up"], ["a"], name="up_matmul"),
        helper.make_node("Relu", ["a"], ["b"]),
        helper.make_node("MatMul", ["b", "down"], ["c"], name="down_matmul"),
        helper.make_node("Add", ["c", "bias"], ["out"]),
    ]
    graph = helper.make_graph(
        nodes, "tiny", [helper.make_tensor_value_info("input_ids", TensorProto.INT64, ["batch", "sequence"])],
        [helper.make_tensor_value_info("out", TensorProto.FLOAT, ["batch", "sequence", width])],
        [tensor("embedding", vocabulary, width), tensor("up", width, inner), tensor("down", inner, width),
         tensor("bias", width)])
    model = helper.make_model(
        graph, producer_name="write_graphs", producer_version="1", ir_version=10,
        opset_imports=[helper.make_opsetid("", 21)])
    onnx.checker.check_model(model)
    return model


def branches():
    """If inside If, constants, and inputs that carry the KV cache of three layers."""
    info = helper.make_tensor_value_info

    def branch(name, nodes, output, initializers=()):
        return helper.make_graph(nodes, name, [], [info(output, TensorProto.FLOAT, [4, 4])], list(initializers))

    inner = helper.make_node(
        "If", ["flag2"], ["r"], then_branch=branch("t2", [helper.make_node("Identity", ["t"], ["i"])], "i"),
        else_branch=branch("e2", [helper.make_node("Neg", ["t"], ["i"])], "i"))
    outer = helper.make_node(
        "If", ["flag"], ["o"],
        then_branch=branch("t1", [helper.make_node("Constant", [], ["t"], value=tensor("tv", 4, 4)), inner], "r"),
        else_branch=branch("e1", [helper.make_node("Identity", ["ew"], ["r"])], "r", [tensor("ew", 4, 4)]))
    cache = [
        info(f"past_key_values.{layer}.{part}", TensorProto.FLOAT16, ["batch", 2, "past", 16])
        for layer in range(3) for part in ("key", "value")
    ]
    graph = helper.make_graph(
        [outer, helper.make_node("Identity", ["input_ids"], ["logits"])], "branches",
        [info("input_ids", TensorProto.INT64, ["batch", "sequence"]), info("flag", TensorProto.BOOL, []),
         info("flag2", TensorProto.BOOL, [])] + cache,
        [info("o", TensorProto.FLOAT, [4, 4]), info("logits", TensorProto.INT64, ["batch", "sequence"])])
    model = helper.make_model(graph, ir_version=10, opset_imports=[helper.make_opsetid("", 21)])
    onnx.checker.check_model(model)
    return model


class Calibration(CalibrationDataReader):
    def __init__(self):
        self.left = 2

    def get_next(self):
        self.left -= 1
        return {"input_ids": np.array([[1, 2, 3]], np.int64)} if self.left >= 0 else None


def write_onnx(folder):
    plain = os.path.join(tempfile.mkdtemp(), "plain.onnx")
    onnx.save(onnx_model(), plain)
    quantize_dynamic(plain, f"{folder}/dynamic.onnx", weight_type=QuantType.QInt8)
    quantize_static(
        plain, f"{folder}/qdq.onnx", Calibration(), quant_format=QuantFormat.QDQ, per_channel=True,
        weight_type=QuantType.QInt8)
    quantizer = MatMulNBitsQuantizer(
        onnx.load(plain), block_size=32, is_symmetric=False, accuracy_level=4,
        op_types_to_quantize=("MatMul", "Gather"), quant_axes=(("MatMul", 0), ("Gather", 1)))
    quantizer.process()
    onnx.save(quantizer.model.model, f"{folder}/nbits.onnx")
    onnx.save(
        onnx_model(16, 16, 8), f"{folder}/external.onnx", save_as_external_data=True, all_tensors_to_one_file=True,
        location="external.onnx.data", size_threshold=0)
    onnx.save(branches(), f"{folder}/branches.onnx")


def openvino_model():
    ids = ops.parameter([-1], np.int64, name="input_ids")
    rows = ops.gather(ops.constant(values(VOCABULARY, WIDTH), name="embedding"), ids, ops.constant(np.int64(0)))
    hidden = ops.matmul(rows, ops.constant(values(INNER, WIDTH), name="up"), False, True)
    return ov.Model([ops.result(ops.relu(hidden), name="out")], [ids], "TinyGraph")


def write_openvino(folder):
    ov.save_model(openvino_model(), f"{folder}/plain.xml", compress_to_fp16=True)
    asymmetric = nncf.compress_weights(
        openvino_model(), mode=nncf.CompressWeightsMode.INT4_ASYM, group_size=32, ratio=1.0, all_layers=True)
    ov.save_model(asymmetric, f"{folder}/int4.xml", compress_to_fp16=False)
    eight = nncf.compress_weights(openvino_model(), mode=nncf.CompressWeightsMode.INT8_SYM)
    ov.save_model(eight, f"{folder}/int8.xml", compress_to_fp16=False)
    added = ops.parameter([-1, 2, -1, 16], np.float32, name="new")
    sinks, sums = [], []
    for part in ("key", "value"):
        name = f"past_key_values.0.{part}present.0.{part}"
        past = ops.read_value(
            ops.constant(np.zeros((1, 2, 0, 16), np.float32)), name, ov.Type.f32, ov.PartialShape([-1, 2, -1, 16]))
        sums.append(ops.concat([past, added], 2))
        sinks.append(ops.assign(sums[-1], name))
    stateful = ov.Model([ops.result(ops.add(*sums))], sinks, [added], "Stateful")
    ov.save_model(stateful, f"{folder}/stateful.xml")


if __name__ == "__main__":
    write_onnx(sys.argv[1])
    write_openvino(sys.argv[1])
