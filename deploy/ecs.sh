#!/usr/bin/env bash
# ecs.sh ENVIRONMENT [BUNDLE]: deploys the images of the latest git tag to the ECS services of an environment, such as playground.
# ENVIRONMENT may also be the ref of its branch, refs/heads/release/ENVIRONMENT. BUNDLE is the output of ./fib publish with
# Beanstalk__Application=ENVIRONMENT-fib and --execution-role; without it the script publishes one.
# shellcheck disable=SC2016,SC2034,SC2154
set -euo pipefail
script=ecs.sh
here=$(dirname "$(realpath "${BASH_SOURCE[0]}")")
# shellcheck source=lib/common.sh
. "$here/lib/common.sh"
declare -A wanted=() previous=() registered=()
updating='' problem=''

usage='usage: ecs.sh ENVIRONMENT [BUNDLE], such as ecs.sh playground'
[[ $# -ge 1 && $# -le 2 ]] || usage_error "$usage"
target=${1#refs/heads/release/} bundle=${2-}
[[ $target =~ ^[a-z][a-z0-9-]*$ ]] || usage_error "'$target' is not the name of an environment; $usage"
application=$target-fib

prepare() {
    settings AWS_REGION! ECR_REGISTRY! ECS_CLUSTER ECS_LAUNCH_TYPE ECS_EXECUTION_ROLE ECS_PARAMETERS IMAGE_TAG
    settings DEPLOY_TIMEOUT POLL_INTERVAL ECS_SMOKE_URL SMOKE_TIMEOUT
    aws_settings
    require_seconds DEPLOY_TIMEOUT POLL_INTERVAL SMOKE_TIMEOUT
    [[ $ECS_LAUNCH_TYPE =~ ^(ec2|fargate)$ ]] || usage_error "ECS_LAUNCH_TYPE is '$ECS_LAUNCH_TYPE': it must be ec2 or fargate."
    require_programs aws curl git
    check_registry
    ECS_CLUSTER=${ECS_CLUSTER:-$target}
    IMAGE_TAG=${IMAGE_TAG:-$(git describe --abbrev=0 --tags 2>/dev/null)} ||
        usage_error "this branch has no git tag: create one, or set IMAGE_TAG."
    check_tag "$IMAGE_TAG"
}

# Publishes the task definitions if needed, and checks their families, images and roles.
read_definitions() {
    local name file
    if [ -z "$bundle" ]; then
        bundle=artifacts/ecs/$application
        Beanstalk__Application=$application Beanstalk__TaskParameters=${ECS_PARAMETERS#none} "$here/../fib" publish \
            --output "$bundle" --registry "$ECR_REGISTRY" --tag "$IMAGE_TAG" --region "$AWS_REGION" \
            --execution-role "$ECS_EXECUTION_ROLE"
    fi
    read_images "$bundle" "$ECR_REGISTRY" "$IMAGE_TAG"
    for name in "${images[@]}"; do
        file=$bundle/ecs/$ECS_LAUNCH_TYPE/$name.json
        [ -f "$file" ] || usage_error "$bundle has no ecs/$ECS_LAUNCH_TYPE/$name.json."
        [[ $(field family "$file") == "$application-$name"* ]] ||
            usage_error "$file has the family $(field family "$file"), which is not one of $application."
        [ "$(field image "$file")" = "${image_of[$name]}" ] ||
            usage_error "$file has the image $(field image "$file"), not ${image_of[$name]}."
        [ "$(field executionRoleArn "$file")" = "$ECS_EXECUTION_ROLE" ] ||
            usage_error "$file has the execution role $(field executionRoleArn "$file"), not $ECS_EXECUTION_ROLE."
    done
}

check_images() {
    local name digest
    for name in "${images[@]}"; do
        digest=$(ecr_digest "${image_of[$name]}") || fail "nothing was changed."
        [ -n "$digest" ] || usage_error "ECR has no image ${image_of[$name]##*/}; the pipeline of that git tag pushes it."
    done
}

# The default of ECS_SMOKE_URL: each environment has its own address.
find_site() {
    local remedy='set ECS_SMOKE_URL to the address of the site, or to none.'
    [ -n "${ECS_SMOKE_URL-}" ] || ECS_SMOKE_URL=$(call cloudformation describe-stacks --stack-name "$application" \
        --query 'Stacks[0].Outputs[?OutputKey==`Url`].OutputValue' --output text) || fail "nothing was changed; $remedy"
    [[ $ECS_SMOKE_URL =~ ^(none|https?://.+)$ ]] || usage_error "the address of the smoke test is '$ECS_SMOKE_URL': $remedy"
}

read_previous() {
    local output name definition service
    output=$(describe_services 'services[?status==`ACTIVE`].[serviceName,taskDefinition]' "${images[@]/#/$application-}") ||
        fail "nothing was changed."
    while IFS=$'\t' read -r name definition; do [ -z "$name" ] || previous[$name]=$definition; done <<<"$output"
    for service in "${images[@]/#/$application-}"; do
        [ -n "${previous[$service]-}" ] ||
            usage_error "cluster $ECS_CLUSTER has no service $service; deploy/ecs-infrastructure.yaml creates it."
    done
}

register() {
    local name definition
    for name in "${images[@]}"; do
        definition=$(call ecs register-task-definition \
            --cli-input-json "file://$bundle/ecs/$ECS_LAUNCH_TYPE/$name.json" \
            --query taskDefinition.taskDefinitionArn --output text) || { deregister; fail "no service was changed."; }
        wanted[$application-$name]=$definition registered[$application-$name]=$definition
    done
}

# The services of the stack refer to the newest revision, so its next update would deploy these.
deregister() {
    local service definition
    for service in "${images[@]/#/$application-}"; do
        definition=${registered[$service]-}
        [ -z "$definition" ] || call ecs deregister-task-definition --task-definition "$definition" >/dev/null ||
            log "deregister ${definition##*/}, or the next update of the stack deploys it"
    done
}

# The api first: the other services resolve its alias when they start.
update() {
    local service
    updating=1
    for service in "${images[@]/#/$application-}"; do
        log "$service: ${wanted[$service]##*/}"
        call ecs update-service --cluster "$ECS_CLUSTER" --service "$service" --task-definition "${wanted[$service]}" >/dev/null ||
            { problem="$service was not updated"; return 1; }
    done
}

smoke() {
    [ "$ECS_SMOKE_URL" != none ] || return 0
    SMOKE_TIMEOUT=$SMOKE_TIMEOUT POLL_INTERVAL=$POLL_INTERVAL "$here/smoke.sh" "$ECS_SMOKE_URL" ||
        { problem="the smoke test of $ECS_SMOKE_URL failed"; return 1; }
}

roll_back() {
    local service failed=$problem output
    output=$(describe_services 'services[].[serviceName,taskDefinition]' "${!previous[@]}") && stop_if_superseded <<<"$output"
    log "$problem; rolling back to the previous task definitions"
    for service in "${!previous[@]}"; do wanted[$service]=${previous[$service]}; done
    { update && await_services; } || fail "deployment failed ($failed), and the rollback failed: $problem."
    deregister
    fail "deployment failed ($failed) and was rolled back."
}

interrupted() {
    local service definition
    trap '' INT TERM
    cancel_pause
    [ -n "$updating" ] || { deregister; fail "interrupted; no service was changed." 130; }
    log "interrupted; ECS continues the deployment. To undo it:"
    for service in "${!previous[@]}"; do
        log "  aws ecs update-service --cluster $ECS_CLUSTER --service $service --task-definition ${previous[$service]##*/}"
    done
    for definition in "${registered[@]}"; do
        log "  aws ecs deregister-task-definition --task-definition ${definition##*/}"
    done
    exit 130
}

trap interrupted INT TERM
prepare
read_definitions
check_images
find_site
read_previous
register
if ! update || ! await_services || ! smoke; then roll_back; fi
log "$application runs $IMAGE_TAG on $ECS_CLUSTER"
