# shellcheck shell=bash disable=SC2154,SC2034
# The Docker engine and docker-compose.

need_compose() {
    need /usr/sbin/iptables iptables
    need docker-compose docker-compose
}

# A running engine, or one that is started here and stopped when this script ends. Fails where there can be none.
need_engine() {
    command -v docker >/dev/null 2>&1 && docker info >/dev/null 2>&1 && return
    [ "$(id -u)" -eq 0 ] || { say "no Docker engine answers, and only root can start one"; return 1; }
    need dockerd docker.io
    say "starting dockerd until this ends"
    mkdir -p "$root/artifacts"
    # In a session of its own: Ctrl-C must not end it before its containers.
    setsid dockerd >"$root/artifacts/dockerd.log" 2>&1 &
    engine=$!
    trap stop_engine EXIT
    for _ in $(seq 150); do
        docker info >/dev/null 2>&1 && return
        kill -0 "$engine" 2>/dev/null || break
        sleep 0.2
    done
    say "dockerd does not come up: artifacts/dockerd.log"
    return 1
}

stop_engine() {
    kill "$engine" 2>/dev/null || return 0
    wait "$engine" || true
}
