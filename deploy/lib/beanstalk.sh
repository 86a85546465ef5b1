# shellcheck shell=bash disable=SC2034
# One environment of Elastic Beanstalk: how it is, what happens to it, what its instances say.

since=$(date -u +%Y-%m-%dT%H:%M:%SZ)

beanstalk() {
    local operation=$1
    shift
    call elasticbeanstalk "$operation" "$@"
}

# The same, of our environment.
environment() {
    local operation=$1
    shift
    beanstalk "$operation" --environment-name "$EB_ENVIRONMENT" "$@"
}

# Sets status, health, version and cname. Without an environment status is None.
look() {
    local said
    said=$(beanstalk describe-environments --application-name "$EB_APPLICATION" --environment-names "$EB_ENVIRONMENT" --no-include-deleted \
        --query 'Environments[0].[Status,Health,VersionLabel,CNAME]' --output text) || return
    IFS=$'\t' read -r status health version cname <<<"$said"
}

# state: how the last look found it, in words.
state() { printf '%s runs %s, status %s, health %s' "$EB_ENVIRONMENT" "$version" "$status" "$health"; }

# Prints the events that were not printed before. Missing a look does no harm.
tell_events() {
    local said
    said=$(environment describe-events --application-name "$EB_APPLICATION" --start-time "$since" \
        --query 'Events[].[EventDate,Severity,Message]' --output text) || return 0
    tell < <(tac <<<"$said")
}

# Waits until no deployment is under way, whoever's; 1 when that takes too long.
await_ready() {
    local deadline=$((SECONDS + DEPLOY_TIMEOUT))
    until [ "$status" = Ready ]; do
        [[ $status != Terminat* && $status != None && $SECONDS -lt $deadline ]] || return 1
        pause
        tell_events
        look || true
    done
}

# await LABEL: until the environment runs LABEL and is Green. Otherwise 1, and problem says what is wrong.
await() {
    local label=$1 deadline=$((SECONDS + DEPLOY_TIMEOUT)) started=$SECONDS moved='' ready=''
    while true; do
        tell_events
        if look; then
            case $status in
                Ready) ! settled "$label" || return "$outcome" ;;
                Terminat* | None) problem="is gone: $(state)"; return 1 ;;
                *) moved=1 ;;
            esac
        fi
        [ "$SECONDS" -lt "$deadline" ] || { problem="has not become Green within $DEPLOY_TIMEOUT s: $(state)"; return 1; }
        pause
    done
}

# Whether an environment that is Ready stays as it is; then outcome is 0 or 1. Right after the update it may still look as before.
settled() {
    outcome=1
    if [ "$version" = "$1" ]; then
        [ "$health" != Green ] || { outcome=0; return 0; }
        ready=${ready:-$SECONDS}
        problem="does not become Green: $(state)"
        [ $((SECONDS - ready)) -ge "$HEALTH_TIMEOUT" ]
    else
        problem="did not keep $1: $(state)"
        [ -n "$moved" ] || [ $((SECONDS - started)) -ge "$HEALTH_TIMEOUT" ]
    fi
}

# The last lines of each log of the instances, for which Beanstalk needs a moment.
tell_logs() {
    local before deadline=$((SECONDS + 60)) samples url
    before=$(samples) || return 0
    environment request-environment-info --info-type tail >/dev/null || return 0
    until samples=$(samples) && [ "$samples" != None ] && [ "$samples" != "$before" ]; do
        [ "$SECONDS" -lt "$deadline" ] || { say "the logs did not come."; return 0; }
        pause
    done
    while IFS=$'\t' read -r _ instance url; do
        printf '  the last log lines of %s:\n' "$instance"
        curl -fsS --max-time 30 "$url" | sed 's/^/  | /' || say "the logs of $instance cannot be read."
    done < <(comm -13 <(sort <<<"$before") <(sort <<<"$samples"))
}

samples() {
    environment retrieve-environment-info --info-type tail --query 'EnvironmentInfo[].[SampleTimestamp,Ec2InstanceId,Message]' --output text
}
