#!/usr/bin/env bash
set -euo pipefail
# The containers run as separate users, which may write only to these directories of the instance.
install -d -m 0755 -o 33 -g 33 "/var/log/containers/nginx"
install -d -m 0755 -o 33 -g 33 "/var/log/nginx/healthd"
