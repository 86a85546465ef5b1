# shellcheck shell=bash disable=SC2154
# ./fib term

# Runs the built program, which starts quickly; builds it only if it is older than its sources, or built for another processor.
run_term() {
    local directory=$root/artifacts/bin/Fib.Term/native program
    is_current "$directory" || build_term "$directory"
    program=$directory/Fib.Term
    [ ! -f "$program.dll" ] || exec dotnet "$program.dll" "$@"
    exec "$program" "$@"
}

# One at a time: a second build would remove the files of the first.
build_term() (
    need_sdk
    mkdir -p "$root/artifacts"
    if command -v flock >/dev/null 2>&1; then
        exec 9>"$root/artifacts/term.lock"
        flock 9
        ! is_current "$1" || exit 0
    fi
    rm -rf "$1"
    # Build servers outlive this build, so they must not inherit the lock.
    { build_native "$1" || build tools/Fib.Term -c Release -o "$1" >&2; } 9>&-
    processor >"$1/processor"
)

is_current() {
    local stamp=$1/processor
    [ -f "$stamp" ] && [ "$(processor)" = "$(cat "$stamp")" ] \
        && [ -z "$(find Fib.Core tools/Fib.Term Directory.Build.props -newer "$stamp" -type f -print -quit)" ]
}

# The instruction sets, for which the native program is compiled.
processor() { grep -m 1 -E '^(flags|Features)' /proc/cpuinfo 2>/dev/null || uname -m; }

# Compiles to native code, which starts faster. Fails without a linker, or if the compiler's package cannot be restored.
build_native() {
    command -v clang >/dev/null 2>&1 || command -v gcc >/dev/null 2>&1 || return 1
    log "compiling the program to native code"
    dotnet publish tools/Fib.Term -c Release --use-current-runtime -p:PublishAot=true -p:IlcInstructionSet=native \
        -o "$1" -v quiet -nologo >"$root/artifacts/term.log" 2>&1 \
        || { log "native code is not available (artifacts/term.log); using the .NET runtime"; rm -rf "$1"; return 1; }
}
