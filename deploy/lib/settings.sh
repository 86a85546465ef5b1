# shellcheck shell=bash
# Every setting of the scripts, with its default; docs/deploy.md describes them.

# One NAME|DEFAULT per line; an empty default means none.
known_settings() {
    cat <<'END'
AWS_REGION|
AWS_ACCESS_KEY|
AWS_SECRET_KEY|
DOCKER_ID|
DOCKER_PASSWORD|
IMAGE_TAG|
IMAGE_DIGESTS|artifacts/images/digests
IMAGE_BUNDLE|
EB_APPLICATION|multi-docker
EB_ENVIRONMENT|Multidocker-env
EB_BUCKET|
EB_BUCKET_PATH|docker-multi
VERSION_LABEL|
DEPLOY_TIMEOUT|1800
HEALTH_TIMEOUT|300
POLL_INTERVAL|10
SMOKE_URL|
SMOKE_TIMEOUT|60
ECS_SMOKE_URL|
ECR_REGISTRY|
ECS_CLUSTER|
ECS_LAUNCH_TYPE|ec2
ECS_EXECUTION_ROLE|fib-ecs-execution
ECS_PARAMETERS|REDIS_PASSWORD,REDIS_TLS
END
}

# settings NAME...: sets the defaults of the settings that a script uses. NAME! is required; all missing ones are reported together.
settings() {
    local name default missing=() requested=" $* "
    while IFS='|' read -r name default; do
        [[ $requested == *" $name "* || $requested == *" $name! "* ]] || continue
        # Azure Pipelines leaves $(NAME) unexpanded if the variable is not defined.
        [ "${!name-}" != "\$($name)" ] || unset "$name"
        [ -z "$default" ] || [ -n "${!name-}" ] || declare -g "$name=$default"
        [[ $requested != *" $name! "* ]] || [ -n "${!name-}" ] || missing+=("$name")
    done < <(known_settings)
    [ ${#missing[@]} -eq 0 ] || usage_error "please set ${missing[*]}: docs/deploy.md describes each."
}

# require_seconds NAME...: checks settings in seconds.
require_seconds() {
    local name
    for name in "$@"; do
        [[ ${!name} =~ ^[0-9]{1,6}$ ]] || usage_error "$name is '${!name}': it must be a whole number of seconds."
    done
}

# Exports region and credentials under the names that the AWS CLI reads; without credentials it uses its own sources.
aws_settings() {
    settings AWS_ACCESS_KEY AWS_SECRET_KEY
    if [ -n "${AWS_ACCESS_KEY-}${AWS_SECRET_KEY-}" ] && [ -z "${AWS_ACCESS_KEY_ID-}" ]; then
        settings AWS_ACCESS_KEY! AWS_SECRET_KEY!
        export AWS_ACCESS_KEY_ID=$AWS_ACCESS_KEY AWS_SECRET_ACCESS_KEY=$AWS_SECRET_KEY
    fi
    export AWS_REGION AWS_DEFAULT_REGION=$AWS_REGION AWS_PAGER=''
    export AWS_RETRY_MODE="${AWS_RETRY_MODE:-standard}" AWS_MAX_ATTEMPTS="${AWS_MAX_ATTEMPTS:-5}"
}
