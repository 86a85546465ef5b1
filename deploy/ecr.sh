#!/usr/bin/env bash
# ecr.sh: pushes the bundle's images to ECR, tagged with this commit's git tag. Builds images that the engine does not have.
# Images that ECR already has under that tag are kept. IMAGE_TAG may also be the ref of the git tag, refs/tags/TAG.
# shellcheck disable=SC2154
set -euo pipefail
script=ecr.sh
# shellcheck source=lib/common.sh
. "$(dirname "$(realpath "${BASH_SOURCE[0]}")")/lib/common.sh"

[ $# -eq 0 ] || usage_error "ecr.sh takes no arguments; docs/deploy.md lists its settings."
settings AWS_REGION! ECR_REGISTRY! IMAGE_TAG IMAGE_DIGESTS IMAGE_BUNDLE
aws_settings
require_programs aws docker git
check_registry
IMAGE_TAG=${IMAGE_TAG:-$(git describe --exact-match --tags 2>/dev/null)} ||
    usage_error "this commit has no git tag: create one, or set IMAGE_TAG."
IMAGE_TAG=${IMAGE_TAG#refs/tags/}
check_tag "$IMAGE_TAG"
read_published "$ECR_REGISTRY" "$IMAGE_TAG"

missing=() digests=''
for name in "${images[@]}"; do
    digest=$(ecr_digest "${image_of[$name]}") || fail "nothing was pushed."
    if [ -n "$digest" ]; then digests+=$name=$digest$'\n'; else missing+=("$name"); fi
done
if [ ${#missing[@]} -gt 0 ]; then
    build "${missing[@]}"
    password=$(call ecr get-login-password) || fail "nothing was pushed."
    log_in AWS "$password" "${ECR_REGISTRY%%/*}"
    pushed=$(push "${missing[@]}")
    digests+=$pushed$'\n'
fi
write_digests "$IMAGE_DIGESTS" <<<"${digests%$'\n'}"
log "$ECR_REGISTRY has the images of ${images[*]} as $IMAGE_TAG; pushed in this run: ${missing[*]:-none}"
