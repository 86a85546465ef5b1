#!/bin/bash
# Runs redis-server as user redis, as the official image does, and any other command unchanged.
set -euo pipefail
if [ "$1" = redis-server ] && [ "$(id -u)" -eq 0 ]; then
    chown -R redis:redis /data
    exec setpriv --reuid=redis --regid=redis --init-groups -- "$@"
fi
exec "$@"
