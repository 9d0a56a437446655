#!/usr/bin/env bash
# Builds the C kernels with compare.c and runs it: compare.sh [native | avxvnni | arm64]
#   native   every tier of this machine
#   avxvnni  as native, with that tier's dot product replaced by the one of AVX-512 that computes the same (needs AVX-512 VNNI)
#   arm64    built for arm64 and run by qemu-aarch64 (Debian: qemu-user gcc-aarch64-linux-gnu libc6-dev-arm64-cross)
# CLANG names the compiler, which has to know the C of 2023.
set -euo pipefail
cd "$(dirname "$0")/../.."
kind=${1:-native}
clang=${CLANG:-clang}
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
flags=(-std=gnu2x -O3 -Wall -Wextra -Werror -I Sources/CKernels/include)
runner=()
case $kind in
native) ;;
avxvnni) flags+=(-DEW_AVXVNNI_BY_AVX512) ;;
arm64)
  flags+=(--target=aarch64-linux-gnu --sysroot=/usr/aarch64-linux-gnu -I /usr/aarch64-linux-gnu/include)
  runner=(qemu-aarch64 -cpu max -L /usr/aarch64-linux-gnu)
  ;;
*) echo "unknown kind '$kind': expected native, avxvnni or arm64" >&2 && exit 2 ;;
esac
objects=()
while IFS= read -r source; do
  object="$out/${source//\//_}.o"
  "$clang" "${flags[@]}" -c "$source" -o "$object"
  objects+=("$object")
done < <(find Sources/CKernels Tests/Emulated -name '*.c')
if [ "$kind" = arm64 ]; then
  aarch64-linux-gnu-gcc "${objects[@]}" -o "$out/compare" -lm -lpthread
else
  "$clang" "${objects[@]}" -o "$out/compare" -lm -lpthread
fi
"${runner[@]}" "$out/compare"
