# shellcheck shell=bash disable=SC2154
# Functions of several commands: messages, missing programs and tools, builds.

log() { printf 'fib: %s\n' "$*" >&2; }
fail() { log "$1"; exit "${2:-1}"; }

# describe COMMAND: prints the command's part of the help.
describe() { awk -v command="$1" '/^\.\/fib / { shown = $2 == command } shown' scripts/help.txt; }

usage_error() { fail "$1 Try ./fib help." 2; }

# absolute_path PATH: prints PATH, which need not exist, as an absolute path. The realpath of macOS has no option -m.
absolute_path() {
    case $1 in
        '') usage_error "a path is empty." ;;
        /* | [A-Za-z]:[\\/]*) echo "$1" ;;
        *) echo "$PWD/$1" ;;
    esac
}

# need COMMAND_OR_PATH PACKAGE...: installs Debian packages if the user may, otherwise prints the command that does.
need() {
    command -v "$1" >/dev/null 2>&1 && return
    compgen -G "$1" >/dev/null && return
    shift
    local sudo=()
    command -v apt-get >/dev/null 2>&1 || fail "please install (names of Debian packages): $*"
    if [ "$(id -u)" -ne 0 ]; then
        sudo -n true 2>/dev/null || fail "please run: sudo apt-get install -y $*"
        sudo=(sudo -n)
    fi
    log "installing the Debian packages: $*"
    "${sudo[@]}" apt-get -q update >/dev/null
    "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q install -y --no-install-recommends "$@" >/dev/null
}

need_sdk() {
    command -v dotnet >/dev/null 2>&1 || fail "the .NET SDK of global.json is not installed: https://dotnet.microsoft.com/download"
}

# Restores the Aspire CLI in the version of .config/dotnet-tools.json. The SDK remembers where it did that, also if the folder was
# deleted meanwhile, as that of ./fib test --clean-packages.
need_aspire() {
    restore_aspire
    dotnet aspire --version >/dev/null 2>&1 && return
    forget_aspire
    restore_aspire
}

forget_aspire() { rm -f "${DOTNET_CLI_HOME:-$HOME}"/.dotnet/toolResolverCache/*/aspire.cli; }

restore_aspire() {
    local output
    output=$(dotnet tool restore 2>&1) || { printf '%s\n' "$output" >&2; fail "the Aspire CLI could not be restored"; }
}

# need_linker [amd64|arm64]: what links native programs for that architecture (default: this machine's).
need_linker() {
    case ${1:-}:$(uname -m) in
        arm64:x86_64) need clang clang; need aarch64-linux-gnu-gcc gcc-aarch64-linux-gnu libc6-dev-arm64-cross ;;
        amd64:aarch64) need clang clang; need x86_64-linux-gnu-gcc gcc-x86-64-linux-gnu libc6-dev-amd64-cross ;;
        *) need gcc gcc libc6-dev ;;
    esac
}

# need_stores [containers|processes|auto]: the programs of Redis and PostgreSQL, if they run as processes (the default).
need_stores() {
    case ${1:-processes} in
        containers) return ;;
        auto)
            ! has_containers || return 0
            log "Redis and PostgreSQL run as processes: no container runtime answers (start Docker or Podman to use one)"
            ;;
    esac
    need redis-server redis-server
    if [ $# -eq 0 ] || ! finds_postgres; then
        need '/usr/lib/postgresql/*/bin/postgres' postgresql
    fi
}

# Whether the AppHost, which ./fib up starts, finds PostgreSQL in PATH or in a folder of Homebrew.
finds_postgres() {
    command -v postgres || compgen -G '/opt/homebrew/opt/postgresql@*/bin/postgres' || compgen -G '/usr/local/opt/postgresql@*/bin/postgres'
} >/dev/null 2>&1

# Prefers Debian's headless shell, which needs a third of the processor time of the whole browser.
need_browser() {
    [ -x /usr/bin/google-chrome ] || (need chromium-headless-shell chromium-headless-shell) 2>/dev/null || need chromium chromium
}

# Whether a container runtime answers: the one of ASPIRE_CONTAINER_RUNTIME, which Aspire uses, otherwise docker or podman.
has_containers() {
    local runtime limit=()
    # macOS has no timeout.
    ! command -v timeout >/dev/null 2>&1 || limit=(timeout 5)
    for runtime in ${ASPIRE_CONTAINER_RUNTIME:-docker podman}; do
        command -v "$runtime" >/dev/null 2>&1 && "${limit[@]}" "$runtime" ps --quiet >/dev/null 2>&1 && return
    done
    return 1
}

# install_npm_packages FOLDER [OPTION...]: installs the packages of a lock file, unless the last installation was whole and of that file.
install_npm_packages() {
    local folder=$1
    shift
    cmp -s "$folder/package-lock.json" "$folder/node_modules/.installed" && return
    (need npm npm nodejs) && log "installing the npm packages of ${folder#"$root/"}" &&
        (cd "$folder" && npm ci --silent "$@" >/dev/null) &&
        cp "$folder/package-lock.json" "$folder/node_modules/.installed"
}

# run_program COMMAND...: runs a program that this script must outlive. It passes SIGTERM on; Ctrl-C reaches both.
run_program() {
    local program status=0
    trap : INT
    trap 'kill "$program"' TERM
    (trap - INT TERM; exec "$@") &
    program=$!
    # A trapped signal interrupts wait.
    while kill -0 "$program" 2>/dev/null; do wait "$program" || true; done
    wait "$program" || status=$?
    trap - INT TERM
    return $status
}

property() { dotnet msbuild "$1" "-getProperty:$2"; }

# Builds; prints the output only if the build fails.
build() {
    local output one_at_a_time=()
    # Two builds of one checkout write the same files.
    mkdir -p artifacts
    ! command -v flock >/dev/null 2>&1 || one_at_a_time=(flock -o artifacts/.build)
    output=$("${one_at_a_time[@]}" dotnet build "$@" -v quiet -nologo 2>&1) || { printf '%s\n' "$output" >&2; fail "the build failed"; }
}
