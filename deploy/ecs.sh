#!/usr/bin/env bash
# ecs.sh ENVIRONMENT [BUNDLE]: runs the images of the latest git tag as the ECS services of an environment, such as playground.
# BUNDLE is a directory that ./fib publish wrote with Beanstalk__Application=ENVIRONMENT-fib; without it one is published.
# shellcheck disable=SC2016,SC2034,SC2154
set -euo pipefail
script=ecs.sh
here=$(dirname "$(realpath "${BASH_SOURCE[0]}")")
# shellcheck source=lib/common.sh
. "$here/lib/common.sh"
declare -A wanted=() previous=()
updating='' problem=''

[[ $# -ge 1 && $# -le 2 && $1 =~ ^[a-z][a-z0-9-]*$ ]] || wrong "try: ecs.sh playground"
target=$1 application=$1-fib bundle=${2-}

prepare() {
    settings AWS_REGION! ECR_REGISTRY! ECS_CLUSTER ECS_LAUNCH_TYPE ECS_PARAMETERS IMAGE_TAG DEPLOY_TIMEOUT POLL_INTERVAL SMOKE_URL SMOKE_TIMEOUT
    aws_settings
    whole DEPLOY_TIMEOUT POLL_INTERVAL SMOKE_TIMEOUT
    [[ $ECS_LAUNCH_TYPE =~ ^(ec2|fargate)$ ]] || wrong "ECS_LAUNCH_TYPE is '$ECS_LAUNCH_TYPE': it must be ec2 or fargate."
    programs aws curl git
    check_registry
    ECS_CLUSTER=${ECS_CLUSTER:-$target}
    IMAGE_TAG=${IMAGE_TAG:-$(git describe --abbrev=0 --tags 2>/dev/null)} || wrong "this branch has no git tag: git tag it, or set IMAGE_TAG."
    check_tag "$IMAGE_TAG"
}

# The task definitions, with images that are there.
read_definitions() {
    local name file
    if [ -z "$bundle" ]; then
        bundle=artifacts/ecs/$application
        Beanstalk__Application=$application Beanstalk__TaskParameters=${ECS_PARAMETERS#none} "$here/../fib" publish --output "$bundle" --registry "$ECR_REGISTRY" --tag "$IMAGE_TAG" --region "$AWS_REGION"
    fi
    read_images "$bundle" "$ECR_REGISTRY" "$IMAGE_TAG"
    for name in "${images[@]}"; do
        file=$bundle/ecs/$ECS_LAUNCH_TYPE/$name.json
        [ -f "$file" ] || wrong "$bundle has no ecs/$ECS_LAUNCH_TYPE/$name.json."
        [[ $(field family "$file") == "$application-$name"* ]] || wrong "$file is of $(field family "$file"), not of $application."
        [ "$(field image "$file")" = "${image_of[$name]}" ] || wrong "$file names $(field image "$file"), not ${image_of[$name]}."
    done
}

check_images() {
    local name digest
    for name in "${images[@]}"; do
        digest=$(ecr_digest "${image_of[$name]}") || fail "nothing was changed."
        [ -n "$digest" ] || wrong "ECR has no image ${image_of[$name]##*/}; the pipeline of that git tag pushes it."
    done
}

take_stock() {
    local said name definition service
    said=$(look_at 'services[?status==`ACTIVE`].[serviceName,taskDefinition]' "${images[@]/#/$application-}") || fail "nothing was changed."
    while IFS=$'\t' read -r name definition; do [ -z "$name" ] || previous[$name]=$definition; done <<<"$said"
    for service in "${images[@]/#/$application-}"; do
        [ -n "${previous[$service]-}" ] || wrong "cluster $ECS_CLUSTER has no service $service; deploy/ecs-infrastructure.yaml makes it."
    done
}

register() {
    local name
    for name in "${images[@]}"; do
        wanted[$application-$name]=$(call ecs register-task-definition --cli-input-json "file://$bundle/ecs/$ECS_LAUNCH_TYPE/$name.json" \
            --query taskDefinition.taskDefinitionArn --output text) || fail "no service was changed."
    done
}

# The api first: the others look its alias up when they start.
update() {
    local service
    updating=1
    for service in "${images[@]/#/$application-}"; do
        say "$service: ${wanted[$service]##*/}"
        call ecs update-service --cluster "$ECS_CLUSTER" --service "$service" --task-definition "${wanted[$service]}" >/dev/null ||
            { problem="$service was not updated"; return 1; }
    done
}

smoke() {
    [ -n "${SMOKE_URL-}" ] || return 0
    SMOKE_TIMEOUT=$SMOKE_TIMEOUT POLL_INTERVAL=$POLL_INTERVAL "$here/smoke.sh" "$SMOKE_URL" || { problem="the smoke test of $SMOKE_URL failed"; return 1; }
}

roll_back() {
    local service failed=$problem
    say "$problem; going back to the task definitions of before"
    for service in "${!previous[@]}"; do wanted[$service]=${previous[$service]}; done
    { update && await_services; } || fail "deployment failed ($failed), and so did the way back: $problem."
    fail "deployment failed ($failed) and was rolled back."
}

interrupted() {
    trap '' INT TERM
    wake
    [ -n "$updating" ] || fail "interrupted; no service was changed." 130
    say "interrupted; ECS goes on by itself. To undo it:"
    for service in "${!previous[@]}"; do
        say "  aws ecs update-service --cluster $ECS_CLUSTER --service $service --task-definition ${previous[$service]##*/}"
    done
    exit 130
}

trap interrupted INT TERM
prepare
read_definitions
check_images
take_stock
register
if ! update || ! await_services || ! smoke; then roll_back; fi
say "$application runs $IMAGE_TAG on $ECS_CLUSTER"
