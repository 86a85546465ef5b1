#!/usr/bin/env bash
# beanstalk.sh BUNDLE.zip: deploys the bundle to an Elastic Beanstalk environment, and rolls back if it does not become healthy.
# beanstalk.sh --version LABEL: deploys an existing application version.
# It passes a pipeline's settings to the app model's pipeline step deploy-bundle-beanstalk, which runs the deployment.
# shellcheck disable=SC2154
set -euo pipefail
script=beanstalk.sh
# shellcheck source=lib/common.sh
. "$(dirname "$(realpath "${BASH_SOURCE[0]}")")/lib/common.sh"
root=$(dirname "$(dirname "$(realpath "${BASH_SOURCE[0]}")")")

usage='usage: beanstalk.sh BUNDLE.zip, or beanstalk.sh --version LABEL'
case $# in
    1) bundle=$(absolute_path "$1") ;;
    2) [ "$1" = --version ] || usage_error "$usage"; bundle='' VERSION_LABEL=$2 ;;
    *) usage_error "$usage" ;;
esac
[ -z "$bundle" ] || settings AWS_REGION! EB_BUCKET! EB_BUCKET_PATH
settings AWS_REGION! EB_APPLICATION EB_ENVIRONMENT VERSION_LABEL DEPLOY_TIMEOUT HEALTH_TIMEOUT POLL_INTERVAL SMOKE_URL SMOKE_TIMEOUT
aws_settings
require_seconds DEPLOY_TIMEOUT HEALTH_TIMEOUT POLL_INTERVAL SMOKE_TIMEOUT
VERSION_LABEL=${VERSION_LABEL-}
[[ $VERSION_LABEL != */* && ${#VERSION_LABEL} -le 100 ]] ||
    usage_error "VERSION_LABEL is '$VERSION_LABEL': it may have at most 100 characters and no '/'."
require_programs aws curl dotnet

# time_span SECONDS: formats a duration as a .NET TimeSpan.
time_span() { printf '%d.%02d:%02d:%02d' $(($1 / 86400)) $(($1 / 3600 % 24)) $(($1 / 60 % 60)) $(($1 % 60)); }

options=(
    --Beanstalk:Application "$EB_APPLICATION" --Beanstalk:EnvironmentName "$EB_ENVIRONMENT" --Beanstalk:Region "$AWS_REGION"
    --Beanstalk:DeployTimeout "$(time_span "$DEPLOY_TIMEOUT")" --Beanstalk:HealthTimeout "$(time_span "$HEALTH_TIMEOUT")"
    --Beanstalk:PollInterval "$(time_span "$POLL_INTERVAL")" --Beanstalk:SmokeProgram "$root/deploy/smoke.sh"
)
[ -z "$bundle" ] ||
    options+=(--Beanstalk:Bundle "$bundle" --Beanstalk:BundleBucket "$EB_BUCKET" --Beanstalk:BundleFolder "$EB_BUCKET_PATH")
[ -z "$VERSION_LABEL" ] || options+=(--Beanstalk:Tag "$VERSION_LABEL")
[ -z "${SMOKE_URL-}" ] || options+=(--Beanstalk:SmokeUrl "${SMOKE_URL#none}")
# Settings of smoke.sh.
export SMOKE_TIMEOUT POLL_INTERVAL

output=$(dotnet build "$root/Fib.AppHost" -v quiet -nologo -clp:NoSummary 2>&1) ||
    { printf '%s\n' "$output" >&2; fail "the build of Fib.AppHost failed; nothing was changed."; }
cd "$root/Fib.AppHost"
exec dotnet "$root/artifacts/bin/Fib.AppHost/debug/Fib.AppHost.dll" --operation publish --step deploy-bundle-beanstalk "${options[@]}"
