#!/usr/bin/env bash
set -euo pipefail
property() {
    local value
    value=$(printenv "$1") || value=
    [ -n "$value" ] || value=$(/opt/elasticbeanstalk/bin/get-config environment -k "$1" 2>/dev/null) || value=
    printf '%s' "$value"
}
missing=0
require() {
    local value
    value=$(property "$1")
    [ -n "$value" ] && return
    printf '%s is not set: it must be %s.\n' "$1" "$2" >&2
    missing=1
}
require PGHOST 'the host name of PostgreSQL, which is the endpoint of RDS'
require PGPASSWORD 'the password of the PostgreSQL user'
require PGUSER 'the PostgreSQL user'
require REDIS_HOST 'the host name of Redis, which is the primary endpoint of ElastiCache without its port'
exit "$missing"
