#!/usr/bin/env bash
set -euo pipefail
property() { /opt/elasticbeanstalk/bin/get-config environment -k "$1"; }
user=${REGISTRY_USER:-$(property REGISTRY_USER)}
password=${REGISTRY_PASSWORD:-$(property REGISTRY_PASSWORD)}
printf '%s' "$password" | docker login --username "$user" --password-stdin 'registry.example.com'
