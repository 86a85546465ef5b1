#!/usr/bin/env bash
# ecr.sh: pushes the four images to ECR under the git tag of this commit, built first where they are not here yet.
# What ECR has already under that tag stays.
# shellcheck disable=SC2154
set -euo pipefail
script=ecr.sh
# shellcheck source=lib/common.sh
. "$(dirname "$(realpath "${BASH_SOURCE[0]}")")/lib/common.sh"

[ $# -eq 0 ] || wrong "ecr.sh takes no arguments; docs/deploy.md lists its settings."
settings AWS_REGION! ECR_REGISTRY! IMAGE_TAG IMAGE_DIGESTS
aws_settings
programs aws docker git
check_registry
IMAGE_TAG=${IMAGE_TAG:-$(git describe --exact-match --tags 2>/dev/null)} || wrong "this commit has no git tag: git tag it, or set IMAGE_TAG."
check_tag "$IMAGE_TAG"

missing=() digests=''
for name in "${images[@]}"; do
    digest=$(ecr_digest "$name" "$IMAGE_TAG") || fail "nothing was pushed."
    if [ -n "$digest" ]; then digests+=$name=$digest$'\n'; else missing+=("$name"); fi
done
if [ ${#missing[@]} -gt 0 ]; then
    build "$ECR_REGISTRY" "$IMAGE_TAG" "${missing[@]}"
    password=$(call ecr get-login-password) || fail "nothing was pushed."
    log_in AWS "$password" "${ECR_REGISTRY%%/*}"
    pushed=$(push "$ECR_REGISTRY" "$IMAGE_TAG" "${missing[@]}")
    digests+=$pushed$'\n'
fi
write_digests "$IMAGE_DIGESTS" <<<"${digests%$'\n'}"
say "$ECR_REGISTRY has ${images[*]/#/multi-} as $IMAGE_TAG; pushed now: ${missing[*]:-none}"
