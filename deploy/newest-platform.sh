#!/usr/bin/env bash
# newest-platform.sh [BRANCH]: prints the ARN of the newest version of Beanstalk's Docker platform in this region, as a value of
# the parameter Platform of infrastructure.yaml. BRANCH is a platform branch; default: Docker running on 64bit Amazon Linux 2023.
set -euo pipefail

fail() { printf 'newest-platform.sh: %s\n' "$1" >&2; exit "${2:-1}"; }

[ $# -le 1 ] || fail "usage: newest-platform.sh ['Docker running on 64bit Amazon Linux 2023']" 2
branch=${1:-Docker running on 64bit Amazon Linux 2023}
[[ $branch =~ ^[A-Za-z0-9.\ -]+$ ]] || fail "'$branch' is not a platform branch." 2
command -v aws >/dev/null 2>&1 || fail "please install the AWS CLI (Debian: awscli)." 2
export AWS_DEFAULT_REGION=${AWS_REGION:-${AWS_DEFAULT_REGION:-}} AWS_PAGER=''
[ -n "$AWS_DEFAULT_REGION" ] || fail "please set AWS_REGION." 2

beanstalk() {
    local error
    { error=$(aws elasticbeanstalk "$@" --output text 2>&1 >&3); } 3>&1 ||
        fail "aws elasticbeanstalk $1: $(sed '/^$/d' <<<"$error" | tail -n 1)"
}

filters="[{\"Type\":\"PlatformBranchName\",\"Operator\":\"=\",\"Values\":[\"$branch\"]},"
filters+='{"Type":"PlatformStatus","Operator":"=","Values":["Ready"]}]'
versions=$(beanstalk list-platform-versions --query 'PlatformSummaryList[].[PlatformVersion,PlatformArn]' --filters "$filters")
# Tab-separated lines, sorted here because AWS does not document their order.
newest=$(sort -V <<<"$versions" | tail -n 1 | cut -f 2)
[[ $newest == arn:* ]] || fail "$AWS_DEFAULT_REGION has no platform of the branch '$branch'."
state=$(beanstalk describe-platform-version --platform-arn "$newest" --query PlatformDescription.PlatformBranchLifecycleState)
[[ $state = [Ss]upported ]] || printf 'newest-platform.sh: the state of the branch is %s: see docs/deploy.md.\n' "$state" >&2
echo "$newest"
