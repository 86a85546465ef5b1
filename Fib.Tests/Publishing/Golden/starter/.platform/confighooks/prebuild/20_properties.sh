#!/usr/bin/env bash
set -euo pipefail
property() { printf '%s' "${!1:-$(/opt/elasticbeanstalk/bin/get-config environment -k "$1" 2>/dev/null || true)}"; }
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
