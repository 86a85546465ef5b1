#!/usr/bin/env bash
# beanstalk.sh BUNDLE.zip: deploys the bundle to an Elastic Beanstalk environment and rolls back what does not become healthy.
# beanstalk.sh --version LABEL: the same with a version that the application has already.
# It passes the settings of a pipeline to the step deploy-bundle of the app model, which does the work.
# shellcheck disable=SC2154
set -euo pipefail
script=beanstalk.sh
# shellcheck source=lib/common.sh
. "$(dirname "$(realpath "${BASH_SOURCE[0]}")")/lib/common.sh"
root=$(dirname "$(dirname "$(realpath "${BASH_SOURCE[0]}")")")

case $# in
    1) bundle=$(realpath -m "$1") ;;
    2) [ "$1" = --version ] || wrong "try: beanstalk.sh BUNDLE.zip, or beanstalk.sh --version LABEL"; bundle='' VERSION_LABEL=$2 ;;
    *) wrong "try: beanstalk.sh BUNDLE.zip, or beanstalk.sh --version LABEL" ;;
esac
[ -z "$bundle" ] || settings AWS_REGION! EB_BUCKET! EB_BUCKET_PATH
settings AWS_REGION! EB_APPLICATION EB_ENVIRONMENT VERSION_LABEL DEPLOY_TIMEOUT HEALTH_TIMEOUT POLL_INTERVAL SMOKE_URL SMOKE_TIMEOUT
aws_settings
whole DEPLOY_TIMEOUT HEALTH_TIMEOUT POLL_INTERVAL SMOKE_TIMEOUT
VERSION_LABEL=${VERSION_LABEL-}
[[ $VERSION_LABEL != */* && ${#VERSION_LABEL} -le 100 ]] || wrong "VERSION_LABEL is '$VERSION_LABEL': it must have at most 100 characters and no '/'."
programs aws curl dotnet

# time_span SECONDS: as .NET reads it.
time_span() { printf '%d.%02d:%02d:%02d' $(($1 / 86400)) $(($1 / 3600 % 24)) $(($1 / 60 % 60)) $(($1 % 60)); }

options=(
    --Beanstalk:Application "$EB_APPLICATION" --Beanstalk:EnvironmentName "$EB_ENVIRONMENT" --Beanstalk:Region "$AWS_REGION"
    --Beanstalk:DeployTimeout "$(time_span "$DEPLOY_TIMEOUT")" --Beanstalk:HealthTimeout "$(time_span "$HEALTH_TIMEOUT")"
    --Beanstalk:PollInterval "$(time_span "$POLL_INTERVAL")" --Beanstalk:SmokeProgram "$root/deploy/smoke.sh"
)
[ -z "$bundle" ] || options+=(--Beanstalk:Bundle "$bundle" --Beanstalk:BundleBucket "$EB_BUCKET" --Beanstalk:BundleFolder "$EB_BUCKET_PATH")
[ -z "$VERSION_LABEL" ] || options+=(--Beanstalk:Tag "$VERSION_LABEL")
[ -z "${SMOKE_URL+set}" ] || options+=(--Beanstalk:SmokeUrl "$SMOKE_URL")
# What smoke.sh reads.
export SMOKE_TIMEOUT POLL_INTERVAL

said=$(dotnet build "$root/Fib.AppHost" -v quiet -nologo -clp:NoSummary 2>&1) || { printf '%s\n' "$said" >&2; fail "Fib.AppHost was not built; nothing was changed."; }
cd "$root/Fib.AppHost"
exec dotnet "$root/artifacts/bin/Fib.AppHost/debug/Fib.AppHost.dll" --operation publish --step deploy-bundle-beanstalk "${options[@]}"
