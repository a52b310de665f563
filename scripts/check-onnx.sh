#!/usr/bin/env bash
# Checks ONNX files with the checker and the shape inference of the onnx project, which share no code with onnxruntime or with this library:
#   bash scripts/check-onnx.sh FILE.onnx...
# The checker comes from Debian's packages, unpacked into a temporary folder. Exits with 77 where they cannot be had.
set -uo pipefail
files=(); for file in "$@"; do files+=("$(realpath "$file")"); done
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
python=/usr/bin/python3
cd "$root" || exit 1
for package in python3-onnx python3-protobuf libprotobuf32 libonnx1; do
  apt-get download -o APT::Sandbox::User=root "$package" >log 2>&1 || { echo "ONNX's checker: $package cannot be had here."; exit 77; }
done
for package in *.deb; do dpkg -x "$package" unpacked || exit 77; done
export PYTHONPATH=$root/unpacked/usr/lib/python3/dist-packages
LD_LIBRARY_PATH=$(echo "$root"/unpacked/usr/lib/*-linux-gnu) && export LD_LIBRARY_PATH
"$python" -c "import onnx" 2>log || { echo "ONNX's checker does not run here: $(tail -n 1 log)"; exit 77; }

# The checker knows ai.onnx.ml up to 3. Nodes of later versions are given a domain that it does not check.
"$python" - "${files[@]}" <<'END'
import sys, onnx

for path in sys.argv[1:]:
    model = onnx.load(path)
    graphs, later = [model.graph], 0
    while graphs:
        for node in graphs.pop().node:
            graphs += [part.g for part in node.attribute if part.type == onnx.AttributeProto.GRAPH]
            if node.domain == "ai.onnx.ml" and node.op_type in ("TreeEnsemble", "LabelEncoder"):
                node.domain, later = "unchecked", later + 1
    for known in model.opset_import:
        if known.domain == "ai.onnx.ml":
            known.version = min(known.version, 3)
    model.opset_import.append(onnx.helper.make_opsetid("unchecked", 1))
    onnx.checker.check_model(model)
    onnx.shape_inference.infer_shapes(model, strict_mode=True)
    print(f"{path}: {len(model.graph.node)} nodes, all but {later} of ai.onnx.ml checked")
END
