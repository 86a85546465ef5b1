#!/bin/sh
# Runs PostgreSQL or Redis for Fib.AppHost until SIGTERM. Everything comes through the environment, since arguments are public:
#   STORE          postgres or redis
#   STORE_DATA     the folder for its data, made here
#   STORE_PORT     the port on loopback
#   STORE_PASSWORD its password
#   STORE_OWNER    for data that go with the run: the process of the AppHost; empty where data are kept
#   POSTGRES_BIN, STORE_DATABASE  the folder of PostgreSQL's programs, and the database to make with the cluster
set -eu
umask 077

if [ "$(id -u)" -eq 0 ]; then
    # PostgreSQL refuses to run as root, and the user it runs as may not be able to open this file.
    mkdir -p "$STORE_DATA"
    chown -R "$STORE:" "$STORE_DATA"
    exec setpriv --reuid="$STORE" --regid="$STORE" --init-groups /bin/sh -s <"$0"
fi

refuse() { echo "$STORE: $1"; exit 78; }

mkdir -p "$STORE_DATA" 2>/dev/null || true
cd "$STORE_DATA" 2>/dev/null || refuse "the user $(id -un) may not enter $STORE_DATA: choose another folder with --data."

start_redis() {
    if [ -n "$STORE_OWNER" ]; then keep=no; else keep=yes; fi
    redis-server - <<EOF &
bind 127.0.0.1
port $STORE_PORT
requirepass $STORE_PASSWORD
dir "$STORE_DATA"
save ""
appendonly $keep
EOF
    server=$! stop=TERM
}

# In single-user mode no one else can connect, so the password is set at every start before the port opens.
run_sql() { printf '%s\n' "$1" | "$POSTGRES_BIN/postgres" --single -D "$2" -c log_statement=none -c log_min_error_statement=panic postgres >/dev/null; }

make_cluster() {
    rm -rf "$1"
    "$POSTGRES_BIN/initdb" -D "$1" -U postgres --auth=scram-sha-256 --encoding=UTF8 --locale=C.UTF-8 --pwfile=/dev/stdin ${STORE_OWNER:+--no-sync} <<EOF
$STORE_PASSWORD
EOF
}

wait_for_predecessor() {
    # A server whose AppHost was killed may still be ending.
    for _ in $(seq 150); do
        [ -f "$1/postmaster.pid" ] && kill -0 "$(head -n 1 "$1/postmaster.pid")" 2>/dev/null || return 0
        sleep 0.1
    done
    refuse "the data in $STORE_DATA are in use by process $(head -n 1 "$1/postmaster.pid")."
}

start_postgres() {
    cluster=$STORE_DATA/cluster
    if [ -f "$cluster/PG_VERSION" ]; then
        wait_for_predecessor "$cluster"
    else
        make_cluster "$cluster.new"
        run_sql "CREATE DATABASE $STORE_DATABASE" "$cluster.new"
        mv "$cluster.new" "$cluster"
    fi
    run_sql "ALTER ROLE postgres PASSWORD '$STORE_PASSWORD'" "$cluster"
    "$POSTGRES_BIN/postgres" -D "$cluster" -h 127.0.0.1 -p "$STORE_PORT" -k "" 2>&1 &
    # SIGTERM would wait for every client to leave.
    server=$! stop=INT
}

touch running
case $STORE in
    redis) start_redis ;;
    postgres) start_postgres ;;
esac
trap 'kill -$stop $server 2>/dev/null || true' TERM INT HUP
code=0
while kill -0 "$server" 2>/dev/null; do wait "$server" && code=0 || code=$?; done

rm -f "$STORE_DATA/running"
# The AppHost removes the file owner when it ends, and is gone when it was killed: then so are the data.
if [ -n "$STORE_OWNER" ] && ! { [ -f "$STORE_DATA/owner" ] && ps -p "$STORE_OWNER" >/dev/null; }; then
    cd /
    rm -rf "$STORE_DATA"
fi
exit "$code"
