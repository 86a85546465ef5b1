#!/usr/bin/env bash
set -euo pipefail
property() {
    local value
    value=$(printenv "$1") || value=
    [ -n "$value" ] || value=$(/opt/elasticbeanstalk/bin/get-config environment -k "$1" 2>/dev/null) || value=
    printf '%s' "$value"
}
missing=0
uri_safe() {
    local value
    value=$(property "$1")
    case $value in
        *[!A-Za-z0-9._~-]*) ;;
        *) return ;;
    esac
    printf '%s is put into a URI: it may contain only letters, digits and - . _ ~.\n' "$1" >&2
    missing=1
}
uri_safe CACHE_PASSWORD
exit "$missing"
