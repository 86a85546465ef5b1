#!/usr/bin/env bash
# Runs every test on an agent: as root, because the rehearsal of a deployment does what an instance's hooks do.
set -euo pipefail
cd "$(dirname "$(realpath "${BASH_SOURCE[0]}")")/../.."
exec sudo -E env "PATH=$PATH" ./fib test --coverage
