#!/bin/bash
# Runs redis-server as user redis, as the official image does, and anything else as it is.
set -euo pipefail
if [ "$1" = redis-server ] && [ "$(id -u)" -eq 0 ]; then
    chown -R redis:redis /data
    exec setpriv --reuid=redis --regid=redis --init-groups -- "$@"
fi
exec "$@"
