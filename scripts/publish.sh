# shellcheck shell=bash disable=SC2154,SC2034
# ./fib publish

# read_digests FILE: reads SERVICE=SHA256 lines, as deploy/push-images.sh writes them.
read_digests() {
    local line
    [ -f "$1" ] || usage_error "the file $1 does not exist."
    while IFS= read -r line; do
        [[ $line =~ ^[a-z]+=sha256:[0-9a-f]{64}$ ]] || usage_error "$1 has the line '$line': a line is of the form server=sha256:..."
        settings+=("--beanstalk:Services:${line%%=*}:Digest" "${line#*=}")
    done <"$1"
}

run_publish() {
    local output=$root/artifacts/beanstalk settings=()
    while [ $# -gt 0 ]; do
        case $1 in
            --registry-login) settings+=(--beanstalk:RegistryLogin true); shift; continue ;;
            --output | --registry | --tag | --gateway | --stores | --memory | --digest | --digests | --region | --execution-role)
                [ $# -ge 2 ] || usage_error "$1 needs a value."
                ;;
            *) usage_error "'$1' is not an option of publish." ;;
        esac
        case $1 in
            --output) output=$(cd "$here" && absolute_path "$2") ;;
            --registry) settings+=(--beanstalk:Registry "$2") ;;
            --tag) settings+=(--beanstalk:Tag "$2") ;;
            --gateway) settings+=(--beanstalk:Gateway "$2") ;;
            --stores) settings+=(--beanstalk:Stores "$2") ;;
            --memory) settings+=("--beanstalk:Services:${2%%=*}:Memory" "${2#*=}") ;;
            --digest) settings+=("--beanstalk:Services:${2%%=*}:Digest" "${2#*=}") ;;
            --digests) read_digests "$(cd "$here" && absolute_path "$2")" ;;
            --region) settings+=(--beanstalk:Region "$2") ;;
            --execution-role) settings+=(--beanstalk:ExecutionRole "$2") ;;
        esac
        shift 2
    done
    need_sdk
    need_aspire
    build Fib.AppHost
    # Through the Aspire CLI: the AppHost itself prints stack traces, and its exit code is 0 when a step fails.
    NO_COLOR=1 dotnet aspire publish --apphost Fib.AppHost/Fib.AppHost.csproj --no-build --nologo --non-interactive \
        --output-path "$output" -- "${settings[@]}" || fail "nothing was published"
    log "the bundle is in $output"
}
