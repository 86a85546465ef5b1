#!/usr/bin/env bash
# Runs every test on an agent; as root, because the rehearsal runs the hooks of an instance.
set -euo pipefail
cd "$(dirname "$(realpath "${BASH_SOURCE[0]}")")/../.."
exec sudo -E env "PATH=$PATH" ./fib test --coverage
