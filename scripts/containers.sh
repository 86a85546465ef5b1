# shellcheck shell=bash disable=SC2154,SC2034
# The Docker engine and compose.

need_compose() {
    need /usr/sbin/iptables iptables
    docker compose version >/dev/null 2>&1 || need docker-compose docker-compose
}

# Ensures a running engine: starts one if none runs, and stops it when this script ends. Fails if none can be started.
need_engine() {
    command -v docker >/dev/null 2>&1 && docker info >/dev/null 2>&1 && return
    [ "$(id -u)" -eq 0 ] || { log "no Docker engine is running, and only root can start one"; return 1; }
    need dockerd docker.io
    log "starting dockerd; it is stopped at the end"
    mkdir -p "$root/artifacts"
    # In its own session, so that Ctrl-C does not stop it before the containers.
    setsid dockerd >"$root/artifacts/dockerd.log" 2>&1 &
    engine=$!
    trap stop_engine EXIT
    for _ in $(seq 150); do
        docker info >/dev/null 2>&1 && return
        kill -0 "$engine" 2>/dev/null || break
        sleep 0.2
    done
    log "dockerd does not start: see artifacts/dockerd.log"
    return 1
}

stop_engine() {
    kill "$engine" 2>/dev/null || return 0
    wait "$engine" || true
}
