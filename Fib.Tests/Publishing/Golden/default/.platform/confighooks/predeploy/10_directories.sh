#!/usr/bin/env bash
set -euo pipefail
# The containers run as users of their own, who may write to nothing else on this instance.
install -d -m 0755 -o 33 -g 33 "${EB_LOG_BASE_DIR:-/var/log/eb-docker/containers}/nginx"
install -d -m 0755 -o 33 -g 33 "/var/log/nginx/healthd"
