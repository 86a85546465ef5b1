#!/usr/bin/env bash
set -euo pipefail
property() {
    local value
    value=$(printenv "$1") || value=
    [ -n "$value" ] || value=$(/opt/elasticbeanstalk/bin/get-config environment -k "$1" 2>/dev/null) || value=
    printf '%s' "$value"
}
property REGISTRY_PASSWORD | docker login --username "$(property REGISTRY_USER)" --password-stdin 'registry.example.com'
