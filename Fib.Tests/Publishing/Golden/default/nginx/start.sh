#!/usr/bin/env bash
# Runs nginx in this process, and in the background a loop that reloads nginx when an address of its upstreams changes:
# nginx resolves host names only when it reads its configuration, and a restarted container may have another address.
set -euo pipefail
upstreams=(api client)
health_logs=/var/log/nginx/healthd
access_logs=/var/log/router

addresses() { getent ahostsv4 "$1" | sort -u; }

all_addresses() {
    local name
    for name in "${upstreams[@]}"; do
        addresses "$name" || return
    done
}

remove_old_logs() {
    find "$health_logs" -name 'application.log.*' -mmin +180 -delete
    find "$access_logs" -name 'access.log.*' -mtime +7 -delete
}

watch_upstreams() {
    local known=$1 now hour=
    while sleep 2; do
        if now=$(all_addresses) && [ "$now" != "$known" ]; then
            kill -HUP $$ && known=$now
        fi
        if [ "$logs" = beanstalk ] && [ "$hour" != "$(printf '%(%H)T')" ]; then
            hour=$(printf '%(%H)T')
            remove_old_logs || true
        fi
    done
}

# Writes logs to the directories of the platform if they are mounted; otherwise to standard output.
logs=stdout
if [ -w "$health_logs" ] && [ -w "$access_logs" ]; then
    logs=beanstalk
fi
ln -sf "/etc/nginx/logs/$logs.conf" /tmp/logs.conf

until known=$(all_addresses); do
    echo "waiting for ${upstreams[*]}" >&2
    sleep 1
done
watch_upstreams "$known" &
exec nginx -g 'daemon off;'
