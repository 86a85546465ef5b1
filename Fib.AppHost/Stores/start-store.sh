#!/bin/sh
# Runs PostgreSQL or Redis for Fib.AppHost until SIGTERM. Its settings are environment variables, since all users can read arguments:
#   STORE          postgres or redis
#   STORE_DATA     the folder for its data, created here
#   STORE_PORT     the port on loopback
#   STORE_PASSWORD its password
#   STORE_OWNER    the process id of the AppHost if the data are deleted after the run; empty if they are kept
#   POSTGRES_BIN, STORE_DATABASE  the folder of PostgreSQL's programs, and the database to create with the cluster
set -eu
umask 077

if [ "$(id -u)" -eq 0 ]; then
    # PostgreSQL does not run as root, and its user may not be able to open this file, so the shell reads it from standard input.
    mkdir -p "$STORE_DATA"
    chown -R "$STORE:" "$STORE_DATA"
    exec setpriv --reuid="$STORE" --regid="$STORE" --init-groups /bin/sh -s <"$0"
fi

fail() { echo "$STORE: $1"; exit 78; }

# wait_for_predecessor PROGRAM FILE: the server of an AppHost that was killed may still be shutting down. Its process id is in the file;
# after a crash of the machine, another program may have that id.
wait_for_predecessor() {
    for _ in $(seq 150); do
        is_running "$@" || return 0
        sleep 0.1
    done
    fail "process $predecessor uses the data in $STORE_DATA: stop it, or choose another folder with --data."
}

is_running() {
    [ -f "$2" ] || return 1
    predecessor=$(head -n 1 "$2")
    # Linux may have no ps, macOS has no /proc.
    case $(cat "/proc/$predecessor/comm" 2>/dev/null || ps -p "$predecessor" -o comm= 2>/dev/null) in *"$1"*) ;; *) return 1 ;; esac
}

mkdir -p "$STORE_DATA" 2>/dev/null || true
cd "$STORE_DATA" 2>/dev/null || fail "the user $(id -un) cannot enter $STORE_DATA: choose another folder with --data."

start_redis() {
    wait_for_predecessor redis-server "$STORE_DATA/redis.pid"
    if [ -n "$STORE_OWNER" ]; then keep=no; else keep=yes; fi
    redis-server - <<EOF &
bind 127.0.0.1
port $STORE_PORT
requirepass $STORE_PASSWORD
dir "$STORE_DATA"
pidfile "$STORE_DATA/redis.pid"
save ""
appendonly $keep
EOF
    server=$! stop=TERM
}

# In single-user mode there are no other connections, so every start sets the password before the port opens.
run_sql() {
    printf '%s\n' "$1" | "$POSTGRES_BIN/postgres" --single -D "$2" -c log_statement=none -c log_min_error_statement=panic postgres >/dev/null
}

create_cluster() {
    rm -rf "$1"
    "$POSTGRES_BIN/initdb" -D "$1" -U postgres --auth=scram-sha-256 --encoding=UTF8 --locale=C --pwfile=/dev/stdin \
        ${STORE_OWNER:+--no-sync} <<EOF
$STORE_PASSWORD
EOF
}

start_postgres() {
    cluster=$STORE_DATA/cluster
    if [ -f "$cluster/PG_VERSION" ]; then
        wait_for_predecessor postgres "$cluster/postmaster.pid"
    else
        create_cluster "$cluster.new"
        run_sql "CREATE DATABASE $STORE_DATABASE" "$cluster.new"
        mv "$cluster.new" "$cluster"
    fi
    run_sql "ALTER ROLE postgres PASSWORD '$STORE_PASSWORD'" "$cluster"
    "$POSTGRES_BIN/postgres" -D "$cluster" -h 127.0.0.1 -p "$STORE_PORT" -k "" 2>&1 &
    # SIGTERM would wait until every client disconnects.
    server=$! stop=INT
}

touch running
case $STORE in
    redis) start_redis ;;
    postgres) start_postgres ;;
esac
# Temporary data are deleted if the AppHost has ended: it then has deleted the file owner, or was killed and has no process.
remove_data() {
    if [ -n "$STORE_OWNER" ] && ! { [ -f "$STORE_DATA/owner" ] && ps -p "$STORE_OWNER" >/dev/null; }; then
        cd /
        rm -rf "$STORE_DATA"
    fi
}

# On a busy machine the server may need longer than the seconds after which the orchestrator kills this shell, but not its children.
# shellcheck disable=SC2317 # called by the trap
remove_data_after_server() {
    trap '' TERM INT HUP
    for _ in $(seq 600); do
        kill -0 "$server" 2>/dev/null || break
        sleep 0.1
    done
    remove_data
}

# shellcheck disable=SC2317 # called by the trap
stop_server() {
    kill -"$stop" "$server" 2>/dev/null || return 0
    [ -z "$STORE_OWNER" ] || remove_data_after_server >/dev/null 2>&1 &
}

trap stop_server TERM INT HUP
code=0
while kill -0 "$server" 2>/dev/null; do wait "$server" && code=0 || code=$?; done

rm -f "$STORE_DATA/running"
remove_data
exit "$code"
