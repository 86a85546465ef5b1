# shellcheck shell=bash disable=SC2154
# What several verbs need: messages, missing programs and tools, builds.

say() { printf 'fib: %s\n' "$*" >&2; }
fail() { say "$1"; exit "${2:-1}"; }

wrong() { fail "$1 Try ./fib help." 2; }

# need COMMAND_OR_PATH PACKAGE...: installs Debian packages when this user may, else prints how.
need() {
    command -v "$1" >/dev/null 2>&1 && return
    compgen -G "$1" >/dev/null && return
    shift
    local sudo=()
    command -v apt-get >/dev/null 2>&1 || fail "please install: $*"
    if [ "$(id -u)" -ne 0 ]; then
        sudo -n true 2>/dev/null || fail "please run: sudo apt-get install -y $*"
        sudo=(sudo -n)
    fi
    say "installing the Debian packages: $*"
    "${sudo[@]}" apt-get -q update >/dev/null
    "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q install -y --no-install-recommends "$@" >/dev/null
}

need_sdk() {
    command -v dotnet >/dev/null 2>&1 || fail "the .NET SDK that global.json names is missing: https://dotnet.microsoft.com/download"
}

# The Aspire CLI, the version of .config/dotnet-tools.json.
need_aspire() {
    local said
    said=$(dotnet tool restore 2>&1) || { printf '%s\n' "$said" >&2; fail "the Aspire CLI could not be restored"; }
}

# need_stores [containers|processes|auto]: the programs of Redis and PostgreSQL, where they run as processes (the default).
need_stores() {
    case ${1:-processes} in
        containers) return ;;
        auto) ! has_containers || return 0 ;;
    esac
    need redis-server redis-server
    need '/usr/lib/postgresql/*/bin/postgres' postgresql
}

need_browser() { [ -x /usr/bin/google-chrome ] || need chromium chromium; }

# Whether a container runtime answers: the one that Aspire is told to use, else docker or podman.
has_containers() {
    local runtime
    for runtime in ${ASPIRE_CONTAINER_RUNTIME:-docker podman}; do
        command -v "$runtime" >/dev/null 2>&1 && timeout 5 "$runtime" ps --quiet >/dev/null 2>&1 && return
    done
    return 1
}

property() { dotnet msbuild "$1" "-getProperty:$2"; }

# Builds; prints the output only if that fails.
build() {
    local said
    said=$(dotnet build "$@" -v quiet -nologo 2>&1) || { printf '%s\n' "$said" >&2; fail "the build failed"; }
}
