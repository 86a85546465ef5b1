# shellcheck shell=bash disable=SC2154,SC2034
# ./fib publish

# A file of SERVICE=SHA256 lines, as deploy/push-images.sh writes it.
read_digests() {
    local line
    [ -f "$1" ] || wrong "there is no file $1."
    while IFS= read -r line; do
        [[ $line =~ ^[a-z]+=sha256:[0-9a-f]{64}$ ]] || wrong "$1 has the line '$line': it must be such as server=sha256:..."
        settings+=("--beanstalk:Services:${line%%=*}:Digest" "${line#*=}")
    done <"$1"
}

run_publish() {
    local output=$root/artifacts/beanstalk settings=() host
    while [ $# -gt 0 ]; do
        case $1 in
            --registry-login) settings+=(--beanstalk:RegistryLogin true); shift; continue ;;
            --output | --registry | --tag | --gateway | --stores | --memory | --digest | --digests | --region | --execution-role) [ $# -ge 2 ] || wrong "$1 needs a value." ;;
            *) wrong "publish does not know '$1'." ;;
        esac
        case $1 in
            --output) output=$(cd "$here" && realpath -m "$2") ;;
            --registry) settings+=(--beanstalk:Registry "$2") ;;
            --tag) settings+=(--beanstalk:Tag "$2") ;;
            --gateway) settings+=(--beanstalk:Gateway "$2") ;;
            --stores) settings+=(--beanstalk:Stores "$2") ;;
            --memory) settings+=("--beanstalk:Services:${2%%=*}:Memory" "${2#*=}") ;;
            --digest) settings+=("--beanstalk:Services:${2%%=*}:Digest" "${2#*=}") ;;
            --digests) read_digests "$(cd "$here" && realpath -m "$2")" ;;
            --region) settings+=(--beanstalk:Region "$2") ;;
            --execution-role) settings+=(--beanstalk:ExecutionRole "$2") ;;
        esac
        shift 2
    done
    need_sdk
    dotnet restore Fib.AppHost -v quiet
    build Fib.AppHost --no-restore
    host=$(property Fib.AppHost TargetPath)
    # Aspire's host ends with exit code 0 also when a step fails; only a whole bundle leaves the receipt.
    receipt=$(mktemp)
    trap 'rm -f "$receipt"' EXIT
    (cd Fib.AppHost && dotnet "$host" --operation publish --step publish --output-path "$output" --beanstalk:Receipt "$receipt" "${settings[@]}")
    [ -s "$receipt" ] || fail "nothing was published"
    say "the bundle is in $output"
}
