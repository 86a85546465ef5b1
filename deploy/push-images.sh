#!/usr/bin/env bash
# push-images.sh: pushes the bundle's images to Docker Hub, and writes their digests for ./fib publish --digests. Builds images
# that the engine does not have.
# shellcheck disable=SC2154
set -euo pipefail
script=push-images.sh
# shellcheck source=lib/common.sh
. "$(dirname "$(realpath "${BASH_SOURCE[0]}")")/lib/common.sh"

[ $# -eq 0 ] || usage_error "push-images.sh takes no arguments; docs/deploy.md lists its settings."
settings DOCKER_ID! DOCKER_PASSWORD! IMAGE_TAG IMAGE_DIGESTS IMAGE_BUNDLE
require_programs docker git
IMAGE_TAG=${IMAGE_TAG:-$(commit_tag)}
check_tag "$IMAGE_TAG"

read_published "$DOCKER_ID" "$IMAGE_TAG"
build "${images[@]}"
log_in "$DOCKER_ID" "$DOCKER_PASSWORD"
digests=$(push "${images[@]}")
write_digests "$IMAGE_DIGESTS" <<<"$digests"
log "pushed the $architecture images of ${images[*]} to $DOCKER_ID as $IMAGE_TAG; their digests are in $IMAGE_DIGESTS"
