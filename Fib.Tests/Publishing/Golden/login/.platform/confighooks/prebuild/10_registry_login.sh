#!/usr/bin/env bash
set -euo pipefail
property() { printf '%s' "${!1:-$(/opt/elasticbeanstalk/bin/get-config environment -k "$1" 2>/dev/null || true)}"; }
property REGISTRY_PASSWORD | docker login --username "$(property REGISTRY_USER)" --password-stdin 'registry.example.com'
