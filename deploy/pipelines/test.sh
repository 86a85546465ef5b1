#!/usr/bin/env bash
# Runs every test on an agent: as root, because the rehearsal of a deployment does what an instance's hooks do.
set -euo pipefail
cd "$(dirname "$(realpath "${BASH_SOURCE[0]}")")/../.."

# What the real Aspire 13.5.2 host starts, so that no test waits for a download.
if [ "${UseStandIns:-}" = false ]; then
    for image in docker.io/library/redis:8.6 docker.io/library/postgres:18.3; do
        docker pull -q "$image" || docker pull -q "$image"
    done
fi

exec sudo -E env "PATH=$PATH" ./fib test --coverage
