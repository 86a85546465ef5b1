#!/usr/bin/env bash
# push-images.sh: pushes the four images to Docker Hub, built first where they are not here yet, and writes their digests
# for ./fib publish --digests.
# shellcheck disable=SC2154
set -euo pipefail
script=push-images.sh
# shellcheck source=lib/common.sh
. "$(dirname "$(realpath "${BASH_SOURCE[0]}")")/lib/common.sh"

[ $# -eq 0 ] || wrong "push-images.sh takes no arguments; docs/deploy.md lists its settings."
settings DOCKER_ID! DOCKER_PASSWORD! IMAGE_TAG IMAGE_DIGESTS
programs docker git
IMAGE_TAG=${IMAGE_TAG:-$(commit_tag)}
check_tag "$IMAGE_TAG"

build "$DOCKER_ID" "$IMAGE_TAG" "${images[@]}"
log_in "$DOCKER_ID" "$DOCKER_PASSWORD"
digests=$(push "$DOCKER_ID" "$IMAGE_TAG" "${images[@]}")
write_digests "$IMAGE_DIGESTS" <<<"$digests"
say "pushed ${images[*]/#/$DOCKER_ID/multi-} as $IMAGE_TAG; their digests are in $IMAGE_DIGESTS"
