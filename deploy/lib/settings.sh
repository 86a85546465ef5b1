# shellcheck shell=bash
# Every setting of the scripts, with its default; docs/deploy.md describes them.

# Names of one default to the line; nothing after the bar: there is no default.
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
ECR_REGISTRY|
ECS_CLUSTER|
ECS_LAUNCH_TYPE|ec2
ECS_PARAMETERS|REDIS_PASSWORD,REDIS_TLS
END
}

# settings NAME...: those that this script uses. A name with ! is required; what is missing is named, all at once.
settings() {
    local name default missing=() asked=" $* "
    while IFS='|' read -r name default; do
        [[ $asked == *" $name "* || $asked == *" $name! "* ]] || continue
        # Azure Pipelines leaves the text $(NAME) where a variable is not defined.
        [ "${!name-}" != "\$($name)" ] || unset "$name"
        [ -z "$default" ] || [ -n "${!name-}" ] || declare -g "$name=$default"
        [[ $asked != *" $name! "* ]] || [ -n "${!name-}" ] || missing+=("$name")
    done < <(known_settings)
    [ ${#missing[@]} -eq 0 ] || wrong "please set ${missing[*]}: docs/deploy.md says where each comes from."
}

# whole NAME...: settings that count seconds.
whole() {
    local name
    for name in "$@"; do
        [[ ${!name} =~ ^[0-9]{1,6}$ ]] || wrong "$name is '${!name}': it must be a whole number of seconds."
    done
}

# Region and credentials under the names that the AWS CLI reads; without any it looks for its own.
aws_settings() {
    settings AWS_ACCESS_KEY AWS_SECRET_KEY
    if [ -n "${AWS_ACCESS_KEY-}${AWS_SECRET_KEY-}" ] && [ -z "${AWS_ACCESS_KEY_ID-}" ]; then
        settings AWS_ACCESS_KEY! AWS_SECRET_KEY!
        export AWS_ACCESS_KEY_ID=$AWS_ACCESS_KEY AWS_SECRET_ACCESS_KEY=$AWS_SECRET_KEY
    fi
    export AWS_REGION AWS_DEFAULT_REGION=$AWS_REGION AWS_PAGER='' AWS_RETRY_MODE="${AWS_RETRY_MODE:-standard}" AWS_MAX_ATTEMPTS="${AWS_MAX_ATTEMPTS:-5}"
}
