# shellcheck shell=bash disable=SC2016,SC2034,SC2154
# ECR, and one environment's services on plain ECS.

check_registry() {
    [[ $ECR_REGISTRY =~ ^[0-9]{12}\.dkr\.ecr\.$AWS_REGION\.amazonaws\.com(\.cn)?(/.+)?$ ]] ||
        usage_error "ECR_REGISTRY is '$ECR_REGISTRY': it must be of the form 123456789012.dkr.ecr.$AWS_REGION.amazonaws.com/fib."
}

# ecr_digest IMAGE: prints the image's digest, or nothing if ECR does not have the image.
ecr_digest() {
    local repository=${1#*/} digest
    digest=$(call ecr batch-get-image --registry-id "${1%%.*}" --repository-name "${repository%:*}" --image-ids "imageTag=${1##*:}" \
        --query 'images[0].imageId.imageDigest' --output text) || return
    [ "$digest" = None ] || echo "$digest"
}

# field NAME FILE: prints the first text value of that name in a task definition, in the publisher's format.
field() { sed -n "s/^ *\"$1\": \"\(.*\)\",\{0,1\}$/\1/p" "$2" | head -n 1; }

# describe_services QUERY SERVICE...
describe_services() {
    local query=$1
    shift
    call ecs describe-services --cluster "$ECS_CLUSTER" --services "$@" --query "$query" --output text
}

print_new_events() {
    local output
    output=$(describe_services "services[].events[:5][].[createdAt,message]" "$@") || return 0
    print_new < <(sort <<<"$output")
}

# stop_if_superseded: reads lines of service and task definition, and ends this deployment if one is not of it, but newer than that
# before it (an older one is a revert by ECS). A rollback would then undo the other deployment. It deregisters nothing, which the
# other may roll back to.
stop_if_superseded() {
    local name definition
    while IFS=$'\t' read -r name definition _; do
        [[ -z $name || $definition = "${registered[$name]}" ]] || ((${definition##*:} <= ${previous[$name]##*:})) ||
            fail "another deployment changed $name to ${definition##*/}; nothing was rolled back. Deploy again when it has ended."
    done
}

# await_services: waits until every service in the map wanted (name to task definition) runs only that task definition.
# On failure it returns 1 and sets problem.
await_services() {
    local query deadline=$((SECONDS + DEPLOY_TIMEOUT)) output waiting
    query='services[].[serviceName,taskDefinition,deployments[?status==`PRIMARY`]|[0].rolloutState,runningCount,desiredCount,'
    query+='length(deployments)]'
    while true; do
        print_new_events "${!wanted[@]}"
        if output=$(describe_services "$query" "${!wanted[@]}"); then
            stop_if_superseded <<<"$output"
            waiting=$(first_unstable <<<"$output") || { problem=$waiting; return 1; }
            [ -n "$waiting" ] || return 0
        fi
        [ "$SECONDS" -lt "$deadline" ] || { problem="not stable within $DEPLOY_TIMEOUT s: ${waiting:-no response}"; return 1; }
        pause
    done
}

# Prints the first service that is not stable yet; fails if its deployment failed or was reverted.
first_unstable() {
    local name definition rollout running desired deployments
    while IFS=$'\t' read -r name definition rollout running desired deployments; do
        [ "$definition" = "${wanted[$name]}" ] || { echo "$name was reverted to ${definition##*/}"; return 1; }
        [ "$rollout" != FAILED ] || { echo "$name: the deployment failed"; return 1; }
        [[ $rollout = COMPLETED && $running = "$desired" && $deployments = 1 ]] ||
            { echo "$name: $rollout, $running of $desired tasks"; return 0; }
    done
}
