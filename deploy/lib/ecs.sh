# shellcheck shell=bash disable=SC2016,SC2034,SC2154
# ECR, and the services of one environment on plain ECS.

check_registry() {
    [[ $ECR_REGISTRY =~ ^[0-9]{12}\.dkr\.ecr\.$AWS_REGION\.amazonaws\.com(\.cn)?(/.+)?$ ]] ||
        wrong "ECR_REGISTRY is '$ECR_REGISTRY': it must be such as 123456789012.dkr.ecr.$AWS_REGION.amazonaws.com/fib."
}

# ecr_digest IMAGE: its digest, or nothing where ECR does not have it.
ecr_digest() {
    local repository=${1#*/} digest
    digest=$(call ecr batch-get-image --registry-id "${1%%.*}" --repository-name "${repository%:*}" --image-ids "imageTag=${1##*:}" \
        --query 'images[0].imageId.imageDigest' --output text) || return
    [ "$digest" = None ] || echo "$digest"
}

# field NAME FILE: the first text of that name in a task definition as the publisher writes it.
field() { sed -n "s/^ *\"$1\": \"\(.*\)\",\{0,1\}$/\1/p" "$2" | head -n 1; }

# look_at QUERY SERVICE...
look_at() {
    local query=$1
    shift
    call ecs describe-services --cluster "$ECS_CLUSTER" --services "$@" --query "$query" --output text
}

tell_service_events() {
    local said
    said=$(look_at "services[].events[:5][].[createdAt,message]" "$@") || return 0
    tell < <(sort <<<"$said")
}

# await_services: until every service of the map wanted (name to task definition) runs it and nothing else. Otherwise 1, and problem says why.
await_services() {
    local deadline=$((SECONDS + DEPLOY_TIMEOUT)) said waiting
    while true; do
        tell_service_events "${!wanted[@]}"
        if said=$(look_at 'services[].[serviceName,taskDefinition,deployments[?status==`PRIMARY`]|[0].rolloutState,runningCount,desiredCount,length(deployments)]' "${!wanted[@]}"); then
            waiting=$(not_yet <<<"$said") || { problem=$waiting; return 1; }
            [ -n "$waiting" ] || return 0
        fi
        [ "$SECONDS" -lt "$deadline" ] || { problem="not stable within $DEPLOY_TIMEOUT s: ${waiting:-no answer}"; return 1; }
        pause
    done
}

# Prints the first service that is not there yet; fails where it never will be.
not_yet() {
    local name definition rollout running desired deployments
    while IFS=$'\t' read -r name definition rollout running desired deployments; do
        [ "$definition" = "${wanted[$name]}" ] || { echo "$name went back to ${definition##*/}"; return 1; }
        [ "$rollout" != FAILED ] || { echo "$name: the deployment failed"; return 1; }
        [[ $rollout = COMPLETED && $running = "$desired" && $deployments = 1 ]] || { echo "$name: $rollout, $running of $desired tasks"; return 0; }
    done
}
