#!/usr/bin/env bash
# beanstalk.sh BUNDLE.zip: deploys the bundle to an Elastic Beanstalk environment and rolls back what does not become healthy.
# beanstalk.sh --version LABEL: the same with a version that the application has already.
# shellcheck disable=SC2154
set -euo pipefail
script=beanstalk.sh
# shellcheck source=lib/common.sh
. "$(dirname "$(realpath "${BASH_SOURCE[0]}")")/lib/common.sh"
here=$(dirname "$(realpath "${BASH_SOURCE[0]}")")
updating='' previous='' problem=''

case $# in
    1) bundle=$1 ;;
    2) [ "$1" = --version ] || wrong "try: beanstalk.sh BUNDLE.zip, or beanstalk.sh --version LABEL"; bundle='' VERSION_LABEL=$2 ;;
    *) wrong "try: beanstalk.sh BUNDLE.zip, or beanstalk.sh --version LABEL" ;;
esac

prepare() {
    [ -z "$bundle" ] || settings AWS_REGION! EB_BUCKET! EB_BUCKET_PATH
    settings AWS_REGION! EB_APPLICATION EB_ENVIRONMENT VERSION_LABEL DEPLOY_TIMEOUT HEALTH_TIMEOUT POLL_INTERVAL SMOKE_URL SMOKE_TIMEOUT
    aws_settings
    whole DEPLOY_TIMEOUT HEALTH_TIMEOUT POLL_INTERVAL SMOKE_TIMEOUT
    programs aws curl unzip
    if [ -n "$bundle" ]; then
        check_bundle "$bundle"
        VERSION_LABEL=${VERSION_LABEL:-$(basename "$bundle" .zip)}
    fi
    [[ $VERSION_LABEL != */* && ${#VERSION_LABEL} -le 100 ]] || wrong "VERSION_LABEL is '$VERSION_LABEL': it must have at most 100 characters and no '/'."
}

# The environment as it is, without a deployment of somebody else under way.
take_stock() {
    look || fail "nothing was changed."
    [ "$status" != None ] || wrong "there is no environment $EB_ENVIRONMENT of application $EB_APPLICATION in $AWS_REGION; deploy/infrastructure.yaml makes it."
    [ "$status" = Ready ] || say "$(state); waiting until that is over"
    await_ready || fail "nothing was changed: $(state)."
    previous=$version
}

# The key names the content, so that a label is only ever used again for the same bundle.
make_version() {
    local key existing
    existing=$(beanstalk describe-application-versions --application-name "$EB_APPLICATION" --version-labels "$VERSION_LABEL" \
        --query 'ApplicationVersions[0].SourceBundle.[S3Bucket,S3Key]' --output text) || fail "nothing was changed."
    existing=${existing/$'\t'//}
    if [ -z "$bundle" ]; then
        [ "$existing" != None ] || wrong "application $EB_APPLICATION has no version $VERSION_LABEL."
        return
    fi
    key=$EB_BUCKET_PATH/$VERSION_LABEL-$(sha256sum "$bundle" | cut -c1-16).zip
    case $existing in
        None) ;;
        "$EB_BUCKET/$key") say "version $VERSION_LABEL is there already, with this bundle"; return ;;
        *) wrong "version $VERSION_LABEL is there already, with another bundle (s3://$existing): choose another VERSION_LABEL." ;;
    esac
    call s3 cp --only-show-errors "$bundle" "s3://$EB_BUCKET/$key" || fail "nothing was changed."
    beanstalk create-application-version --application-name "$EB_APPLICATION" --version-label "$VERSION_LABEL" \
        --source-bundle "S3Bucket=$EB_BUCKET,S3Key=$key" >/dev/null || fail "$EB_ENVIRONMENT was not changed."
}

update() { environment update-environment --application-name "$EB_APPLICATION" --version-label "$1" >/dev/null; }

deploy() {
    if [ "$previous" = "$VERSION_LABEL" ] && [ "$health" = Green ]; then
        say "$EB_ENVIRONMENT runs $VERSION_LABEL already"
        return
    fi
    say "updating $EB_ENVIRONMENT from $previous to $VERSION_LABEL"
    updating=1
    update "$VERSION_LABEL" || fail "$EB_ENVIRONMENT was not changed."
    await "$VERSION_LABEL"
}

smoke() {
    local url=${SMOKE_URL-http://$cname}
    [ -n "$url" ] || return 0
    SMOKE_TIMEOUT=$SMOKE_TIMEOUT POLL_INTERVAL=$POLL_INTERVAL "$here/smoke.sh" "$url" || { problem="does not work: the smoke test of $url failed"; return 1; }
}

# Ends the script: back to the version that ran before, unless somebody else has changed it since.
roll_back() {
    say "$EB_ENVIRONMENT $problem"
    tell_logs
    if [ "$status" != Ready ]; then
        environment abort-environment-update >/dev/null || true
        await_ready || fail "and cannot be rolled back: $(state)."
    fi
    case $version in
        "$VERSION_LABEL") ;;
        "$previous") fail "deployment failed: $(state), as before." ;;
        *) fail "deployment failed, and somebody else deployed meanwhile: $(state)." ;;
    esac
    [[ $previous != None && $previous != "$VERSION_LABEL" ]] || fail "deployment failed, and there is no earlier version to go back to: $(state)."
    say "rolling back to $previous"
    { update "$previous" && await "$previous"; } || fail "deployment failed, and so did the way back: $(state)."
    fail "deployment failed and was rolled back: $(state)."
}

interrupted() {
    trap '' INT TERM
    wake
    [ -n "$updating" ] || fail "interrupted; $EB_ENVIRONMENT was not changed." 130
    look || true
    say "interrupted while updating $EB_ENVIRONMENT from $previous to $VERSION_LABEL; Beanstalk goes on by itself. Now $(state)."
    fail "to undo it: aws elasticbeanstalk abort-environment-update --environment-name $EB_ENVIRONMENT, or later deploy/beanstalk.sh --version $previous" 130
}

trap interrupted INT TERM
prepare
take_stock
make_version
if ! deploy || ! smoke; then roll_back; fi
say "$(state): http://$cname"
